# What an exit code of the program means here. The program's own error code, where it names one, stands before Id.
$ExitCodes = @{
    0 = @{ Outcome = @('nothing-to-do', 'changed') }
    1 = @{ Outcome = @('dhe-offered') }
    2 = @{ Outcome = @('bad-input'); Id = 'INVALID_INPUT'; Category = 'InvalidArgument' }
    3 = @{ Outcome = @('governed-by-policy'); Id = 'GOVERNED_BY_POLICY'; Category = 'InvalidOperation' }
    4 = @{ Outcome = @('not-elevated'); Id = 'NOT_ELEVATED'; Category = 'PermissionDenied' }
    5 = @{ Outcome = @('failed-undone'); Id = 'FAILED_UNDONE'; Category = 'WriteError' }
    6 = @{ Outcome = @('unsupported-platform'); Id = 'UNSUPPORTED_PLATFORM'; Category = 'NotImplemented' }
    7 = @{ Outcome = @('busy'); Id = 'MACHINE_LOCK_BUSY'; Category = 'ResourceBusy' }
    8 = @{ Outcome = @('refused'); Id = 'REFUSED'; Category = 'InvalidOperation' }
    9 = @{ Outcome = @('failed-undo-incomplete'); Id = 'FAILED_UNDO_INCOMPLETE'; Category = 'InvalidResult' }
}

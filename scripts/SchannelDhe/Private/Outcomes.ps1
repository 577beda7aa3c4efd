# What an outcome of the program is here: an error where it has an Id. The program's own error code, where it names one,
# stands before Id.
$Outcomes = @{
    'nothing-to-do' = @{}
    'done' = @{}
    'changed' = @{}
    'dhe-offered' = @{}
    'peer-affected' = @{}
    'dhe-seen' = @{}
    'these-broke' = @{}
    'needs-repair' = @{}
    'bad-input' = @{ Id = 'INVALID_INPUT'; Category = 'InvalidArgument' }
    'governed-by-policy' = @{ Id = 'GOVERNED_BY_POLICY'; Category = 'InvalidOperation' }
    'not-elevated' = @{ Id = 'NOT_ELEVATED'; Category = 'PermissionDenied' }
    'failed-undone' = @{ Id = 'FAILED_UNDONE'; Category = 'WriteError' }
    'unsupported-platform' = @{ Id = 'UNSUPPORTED_PLATFORM'; Category = 'NotImplemented' }
    'busy' = @{ Id = 'MACHINE_LOCK_BUSY'; Category = 'ResourceBusy' }
    'refused' = @{ Id = 'REFUSED'; Category = 'InvalidOperation' }
    'failed-undo-incomplete' = @{ Id = 'FAILED_UNDO_INCOMPLETE'; Category = 'InvalidResult' }
    # Of a change: not yet. Of a probe or a self-check it is a result.
    'undecided' = @{ Id = 'UNDECIDED'; Category = 'InvalidResult' }
    'unexpected' = @{ Id = 'UNEXPECTED'; Category = 'NotSpecified' }
}

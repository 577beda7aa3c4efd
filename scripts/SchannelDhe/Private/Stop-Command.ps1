# The end of a public function by an error: the caller's error, and one record of it.
function Stop-Command {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $ErrorRecord
    )

    Clear-HandledError $ErrorRecord
    # A script that nobody answers must not go on as if it had been, nor end with 0: thrown, it ends the script too.
    if ($ErrorRecord.FullyQualifiedErrorId -like 'CONFIRMATION_NEEDED*') { throw $ErrorRecord }
    $Caller.ThrowTerminatingError($ErrorRecord)
}

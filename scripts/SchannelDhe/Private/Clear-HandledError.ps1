# An error that was caught and dealt with is none of the caller's: it leaves $Error.
function Clear-HandledError([System.Management.Automation.ErrorRecord] $ErrorRecord) {
    while ($global:Error.Count -gt 0 -and [object]::ReferenceEquals($global:Error[0].Exception, $ErrorRecord.Exception)) {
        $global:Error.RemoveAt(0)
    }
}

# An error with a stable id and a sentence; -Action is the advice, which may be long.
function New-ErrorRecord {
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [System.Management.Automation.ErrorCategory] $Category,
        [Parameter(Mandatory)] [string] $Message,
        [System.Exception] $InnerException,
        [object] $TargetObject,
        [string] $Action
    )

    # What the program says of another of its commands.
    $Message = $Message.Replace('"status --from"', 'Get-SchannelDheStatus -Path').Replace('"evidence"', 'Get-SchannelDheEvidence')
    $exception = [System.InvalidOperationException]::new($Message, $InnerException)
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $Id, $Category, $TargetObject)
    if ($Action -ne '') {
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Message)
        $record.ErrorDetails.RecommendedAction = $Action
    }
    $record
}

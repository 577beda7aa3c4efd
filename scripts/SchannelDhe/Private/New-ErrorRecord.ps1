function New-ErrorRecord {
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [System.Management.Automation.ErrorCategory] $Category,
        [Parameter(Mandatory)] [string] $Message,
        [System.Exception] $InnerException,
        [object] $TargetObject
    )

    $exception = [System.InvalidOperationException]::new($Message, $InnerException)
    [System.Management.Automation.ErrorRecord]::new($exception, $Id, $Category, $TargetObject)
}

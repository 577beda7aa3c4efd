# ShouldProcess. Where a question would have to be asked and nobody can be, an error that says what to do.
function Confirm-Change {
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [string] $Description,
        [Parameter(Mandatory)] [string] $Question,
        [Parameter(Mandatory)] [string] $Caption
    )

    try {
        $Caller.ShouldProcess($Description, $Question, $Caption)
    } catch [System.Management.Automation.MethodInvocationException] {
        Clear-HandledError $_
        $name = $Caller.MyInvocation.MyCommand.Name
        $inner = $_.Exception.InnerException
        throw (New-ErrorRecord "CONFIRMATION_NEEDED,$name" InvalidOperation ($script:Strings.CannotAsk -f $name) $inner -Action $script:Strings.CannotAskAction)
    }
}

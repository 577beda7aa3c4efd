# Microsoft's module, or the caller's end.
function Import-GroupPolicyModule {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    try {
        Import-Module -Name GroupPolicy -Verbose:$false -ErrorAction Stop
    } catch {
        $record = New-ErrorRecord GROUP_POLICY_MODULE_MISSING NotInstalled $script:Strings.ModuleMissing $_.Exception
        $Caller.ThrowTerminatingError($record)
    }
}

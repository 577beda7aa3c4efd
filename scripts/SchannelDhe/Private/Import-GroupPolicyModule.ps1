# Microsoft's module, or the caller's end.
function Import-GroupPolicyModule {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    $file = Get-GroupPolicyModulePath
    $cause = $null
    if (-not [string]::IsNullOrEmpty($file) -and [System.IO.File]::Exists($file)) {
        try {
            return Import-Module -Name ([System.Management.Automation.WildcardPattern]::Escape($file)) -Verbose:$false -ErrorAction Stop
        } catch {
            Clear-HandledError $_
            $cause = $_.Exception
        }
    }
    $record = New-ErrorRecord GROUP_POLICY_MODULE_MISSING NotInstalled $script:Strings.ModuleMissing $cause -Action $script:Strings.ModuleMissingAction
    $Caller.ThrowTerminatingError($record)
}

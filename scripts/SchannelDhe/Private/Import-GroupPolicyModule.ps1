# Microsoft's module, or the caller's end.
function Import-GroupPolicyModule {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    $file = Get-GroupPolicyModulePath
    try {
        if ([string]::IsNullOrEmpty($file) -or -not [System.IO.File]::Exists($file)) {
            throw [System.IO.FileNotFoundException]::new($script:Strings.ModuleMissing, $file)
        }
        Import-Module -Name ([System.Management.Automation.WildcardPattern]::Escape($file)) -Verbose:$false -ErrorAction Stop
    } catch {
        $record = New-ErrorRecord GROUP_POLICY_MODULE_MISSING NotInstalled $script:Strings.ModuleMissing $_.Exception -Action $script:Strings.ModuleMissingAction
        $Caller.ThrowTerminatingError($record)
    }
}

# Gives the calling function the preferences of its own caller. A module's functions do not inherit them (PowerShell
# issue 4568): without this, the -WhatIf of a script is not heeded by what the script calls.
function Use-CallerPreference {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    $parameters = @{
        WhatIfPreference = 'WhatIf'
        ConfirmPreference = 'Confirm'
        ErrorActionPreference = 'ErrorAction'
        VerbosePreference = 'Verbose'
        WarningPreference = 'WarningAction'
        InformationPreference = 'InformationAction'
        ProgressPreference = 'ProgressAction'
    }
    foreach ($name in $parameters.Keys) {
        if ($Caller.MyInvocation.BoundParameters.ContainsKey($parameters[$name])) { continue }
        $value = $Caller.SessionState.PSVariable.GetValue($name)
        if ($null -ne $value) { Set-Variable -Name $name -Value $value -Scope 1 -WhatIf:$false -Confirm:$false }
    }
}

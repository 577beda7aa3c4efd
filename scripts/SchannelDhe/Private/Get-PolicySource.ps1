# The Group Policy object whose order won on this machine, from the Resultant Set of Policy; nothing where none set it.
function Get-PolicySource {
    [CmdletBinding()]
    [OutputType('SchannelDhe.PolicySource')]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    $place = Get-CipherSuiteOrderPlace
    try {
        $namespace = @{ Namespace = 'root\rsop\computer'; Verbose = $false; ErrorAction = 'Stop' }
        $settings = @(Get-CimInstance -ClassName RSOP_RegistryPolicySetting @namespace)
        $policies = @(Get-CimInstance -ClassName RSOP_GPO @namespace)
    } catch {
        Clear-HandledError $_
        $message = $script:Strings.RsopMissing -f $_.Exception.Message
        $Caller.WriteError((New-ErrorRecord RSOP_NOT_AVAILABLE ResourceUnavailable $message $_.Exception))
        return
    }
    $key = $place.Key.Substring('HKLM\'.Length)
    # Precedence 1 is the one that won.
    $winner = $null
    foreach ($setting in $settings) {
        if ($setting.registryKey -ne $key -or $setting.valueName -ne $place.ValueName -or $setting.deleted) { continue }
        if ($null -eq $winner -or $setting.precedence -lt $winner.precedence) { $winner = $setting }
    }
    if ($null -eq $winner) { return }
    $name = $null
    foreach ($policy in $policies) { if ($policy.id -eq $winner.GPOID) { $name = $policy.name } }
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.PolicySource'
        Name = $name
        GpoId = $winner.GPOID
        Precedence = [int] $winner.precedence
    }
}

# Whether this is an elevated session of Windows.
function Test-WindowsElevation {
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    if (-not (Test-WindowsSystem)) { return $false }
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    [System.Security.Principal.WindowsPrincipal]::new($identity).IsInRole(
        # By name it would be asked for in the language of the system.
        [System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

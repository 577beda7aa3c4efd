# A value of this machine in the 64-bit view of the registry; nothing where there is none, or no Windows.
function Get-MachineRegistryValue {
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [string] $Key,
        [Parameter(Mandatory)] [string] $Name
    )

    if (-not (Test-WindowsSystem)) { return }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $opened = $root.OpenSubKey($Key)
        if ($null -ne $opened) {
            try { $opened.GetValue($Name) } finally { $opened.Dispose() }
        }
    } finally {
        $root.Dispose()
    }
}

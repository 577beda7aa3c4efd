# Where the Node.js installer put Node, in the 64-bit view of the registry; nothing where it is not installed.
function Get-InstalledNodePath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if (-not (Test-WindowsSystem)) { return }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $key = $root.OpenSubKey('SOFTWARE\Node.js')
        if ($null -ne $key) {
            try { $key.GetValue('InstallPath') } finally { $key.Dispose() }
        }
    } finally {
        $root.Dispose()
    }
}

# Where the Node.js installer put Node; nothing where it is not installed.
function Get-InstalledNodePath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    Get-MachineRegistryValue 'SOFTWARE\Node.js' InstallPath
}

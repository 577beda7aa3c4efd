# Where the MSI put the executable, in the 64-bit view of the registry; nothing where it is not there.
function Get-InstalledProgramPath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if (-not (Test-WindowsSystem)) { return }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $folder = $root.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion').GetValue('ProgramFilesDir')
    } finally {
        $root.Dispose()
    }
    $executable = [System.IO.Path]::Combine($folder, 'schannel-dhe', 'schannel-dhe.exe')
    if ([System.IO.File]::Exists($executable)) { $executable }
}

# Where the MSI put the executable; nothing where it is not there.
function Get-InstalledProgramPath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $folder = Get-MachineRegistryValue 'SOFTWARE\Microsoft\Windows\CurrentVersion' ProgramFilesDir
    if ($null -eq $folder) { return }
    $executable = [System.IO.Path]::Combine($folder, 'schannel-dhe', 'schannel-dhe.exe')
    if ([System.IO.File]::Exists($executable)) { $executable }
}

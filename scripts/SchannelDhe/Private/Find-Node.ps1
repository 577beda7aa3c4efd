# The node to use and why, or nothing: the installed one, then the first one of PATH.
function Find-Node {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param()

    $name = if (Test-WindowsSystem) { 'node.exe' } else { 'node' }
    $places = @([pscustomobject]@{ Folder = Get-InstalledNodePath; Why = 'HKLM\SOFTWARE\Node.js' })
    # An elevated session trusts the folders that only administrators put into the machine's own PATH.
    $scope = if (Test-WindowsElevation) { 'Machine' } else { 'Process' }
    $path = [string] [System.Environment]::GetEnvironmentVariable('PATH', $scope)
    foreach ($folder in $path.Split([System.IO.Path]::PathSeparator)) {
        $places += [pscustomobject]@{ Folder = $folder.Trim('"'); Why = "PATH ($scope)" }
    }
    foreach ($place in $places) {
        if ([string]::IsNullOrEmpty($place.Folder) -or -not [System.IO.Path]::IsPathRooted($place.Folder)) { continue }
        $file = [System.IO.Path]::Combine($place.Folder, $name)
        if ([System.IO.File]::Exists($file)) {
            return [pscustomobject]@{ FileName = $file; Why = $place.Why }
        }
    }
}

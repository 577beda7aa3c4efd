# Installs the MSI that lies beside this script, and leaves the cipher suites as they are unless it is given /Disable.
$ErrorActionPreference = 'Stop'
$disable = [int] (Get-PackageParameters).ContainsKey('Disable')
$arguments = @{
    PackageName = 'schannel-dhe'
    FileType = 'msi'
    File64 = [System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($MyInvocation.MyCommand.Definition), 'schannel-dhe.msi')
    SilentArgs = "/qn /norestart DISABLE=$disable"
    ValidExitCodes = 0, 3010, 1641
}
Install-ChocolateyInstallPackage @arguments

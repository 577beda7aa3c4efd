# The script of the Chocolatey package, with stand-ins for the helpers that Chocolatey gives it.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $Told = @{}
    function Get-PackageParameters { $Parameters }
    function Install-ChocolateyInstallPackage([string] $PackageName, [string] $FileType, [string] $File64, [string] $SilentArgs, [int[]] $ValidExitCodes) {
        foreach ($name in $PSBoundParameters.Keys) { $Told[$name] = $PSBoundParameters[$name] }
    }
}

Describe 'chocolateyInstall.ps1' {
    It 'hands the MSI over, with DISABLE=<Disable>' -ForEach @(
        @{ Parameters = @{}; Disable = 0 }
        @{ Parameters = @{ Disable = $true }; Disable = 1 }
    ) {
        $file = "$Repository/scripts/installer/chocolatey/tools/chocolateyInstall.ps1"
        & $file
        $Told.PackageName, $Told.FileType, $Told.SilentArgs | Should -BeExactly 'schannel-dhe', 'msi', "/qn /norestart DISABLE=$Disable"
        $Told.File64 | Should -BeExactly ([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($file), 'schannel-dhe.msi'))
        $Told.ValidExitCodes | Should -BeExactly 0, 3010, 1641
    }
}

# The script that the READMEs give to administrators, with the packed module on a simulated machine.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
}

Describe 'harden.ps1 of the README' {
    BeforeAll {
        $modulePath = [System.Environment]::GetEnvironmentVariable('PSModulePath')
        $parent = [System.IO.Path]::GetDirectoryName($PackedFolder)
        [System.Environment]::SetEnvironmentVariable('PSModulePath', "$parent$([System.IO.Path]::PathSeparator)$modulePath")
        [System.Globalization.CultureInfo]::CurrentUICulture = 'en-US'
        Get-Module SchannelDhe | Remove-Module
        # The script imports it again, which changes nothing of a module that is there.
        Import-Module -Name SchannelDhe
        $folder = Use-Machine $Server2012R2
        $script = "$folder/harden.ps1"
        [System.IO.File]::WriteAllText($script, (Get-ReadmeScript))
    }
    AfterAll {
        Get-Module SchannelDhe | Remove-Module
        [System.Environment]::SetEnvironmentVariable('PSModulePath', $modulePath)
    }
    It 'has ten lines, and is the same in Japanese' {
        (Get-ReadmeScript).TrimEnd().Split("`n") | Should -HaveCount 10
        Get-ReadmeScript 'README.ja.md' | Should -BeExactly (Get-ReadmeScript)
    }
    It 'changes nothing with -WhatIf' {
        $said = & $script -WhatIf
        $said[-1] | Should -BeLikeExactly 'would-change: 9 suites, backup , restart advised: False'
        Test-SchannelDhe | Should -BeFalse
    }
    It 'removes the suites, and says so' {
        $said = & $script -WarningAction SilentlyContinue
        $said[-1] | Should -BeLikeExactly 'changed: 9 suites, backup 2*Z, restart advised: True'
        Test-SchannelDhe | Should -BeTrue
    }
    It 'has nothing to do the second time' {
        & $script | Should -BeLikeExactly 'No DHE cipher suite is offered*'
    }
}

# The script that the READMEs give to administrators, with the packed module on a simulated machine.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'harden.ps1 of <_>' -ForEach 'README.md', 'README.ja.md' {
    BeforeAll {
        $folder = Use-Machine $Server2012R2
        [System.IO.File]::WriteAllText("$folder/harden.ps1", (Get-ReadmeScript $_))
        # What the script imports is there already, and runs the simulation.
        [System.IO.File]::WriteAllText("$folder/run.ps1", @"
param([switch] `$WhatIf)
[System.Globalization.CultureInfo]::CurrentUICulture = 'en-US'
[System.Environment]::SetEnvironmentVariable('PSModulePath', '$([System.IO.Path]::GetDirectoryName($PackedFolder))')
Import-Module -Name SchannelDhe
& (Get-Module SchannelDhe) { `$script:Program = [pscustomobject]@{ FileName = '$Node'; Arguments = 'cli.js --request'; Folder = '$folder' } }
& '$folder/harden.ps1' -WhatIf:`$WhatIf
"@)
    }
    It 'has ten lines' {
        (Get-ReadmeScript $_).TrimEnd().Split("`n") | Should -HaveCount 10
    }
    It 'changes nothing with -WhatIf' {
        $ended = Invoke-PowerShell '-NonInteractive', '-File', "$folder/run.ps1", '-WhatIf'
        $ended.ErrorText | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        $ended.Output | Should -BeLikeExactly '*would-change: 9 suites*'
        Test-SchannelDhe | Should -BeFalse
    }
    It 'removes the suites, and says so' {
        $ended = Invoke-PowerShell '-NonInteractive', '-File', "$folder/run.ps1"
        $ended.ErrorText | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        $ended.Output | Should -BeLikeExactly '*changed: 9 suites, backup *, restart advised: True*'
        Test-SchannelDhe | Should -BeTrue
    }
    It 'has nothing to do the second time' {
        (Invoke-PowerShell '-NonInteractive', '-File', "$folder/run.ps1").Output | Should -BeLikeExactly 'No DHE cipher suite is offered*'
    }
}

# What the READMEs give to administrators, on a simulated machine; the script of the module's page with the packed module.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
}

Describe 'harden.ps1 of the page of the module' {
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
        Get-ReadmeScript 'scripts/SchannelDhe/README.ja.md' | Should -BeExactly (Get-ReadmeScript)
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

Describe '<_>' -ForEach 'README.md', 'README.ja.md' {
    BeforeAll {
        $Readme = $_
    }
    It 'has one block for PowerShell, whose lines do what they say' {
        Import-TestModule
        [void] (Use-Machine $Server2012R2)
        $block = @(Get-ReadmeBlock $Readme 'powershell')
        $block | Should -HaveCount 1
        # Nobody sits here to be asked.
        $ConfirmPreference = 'None'
        Push-Location -LiteralPath $Repository
        try {
            $seen = foreach ($line in $block[0].Split("`n")) {
                $said = & ([scriptblock]::Create($line)) 3>$null
                "$(($line -split '\s')[0]) $(Test-SchannelDhe)"
                if ($line.StartsWith('Test-')) { $said.Reason | Should -BeLikeExactly 'DHE cipher suites offered: 9 *' }
            }
        } finally {
            Pop-Location
        }
        $seen | Should -BeExactly 'Import-Module False', 'Test-SchannelDhe False', 'Disable-SchannelDhe False',
            'Disable-SchannelDhe True', 'Restore-SchannelCipherSuite False'
    }
    It 'prints what its transcript shows' {
        # What npm puts into PATH for PowerShell.
        function schannel-dhe { & $Node "$Repository/dist/cli.js" @args 2>&1 }
        $encoding = [System.Console]::OutputEncoding
        $block = @(Get-ReadmeBlock $Readme 'console')
        $block | Should -HaveCount 1
        Push-Location -LiteralPath (New-Folder)
        try {
            [System.Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
            foreach ($part in ("`n$($block[0])" -split '\n\$ ' | Where-Object { $_ })) {
                $command, $lines = $part.TrimEnd().Split("`n")
                $printed = @(& ([scriptblock]::Create($command)) | ForEach-Object { "$_" }) -join "`n"
                # Three dots stand for what is left out.
                $pattern = [System.Management.Automation.WildcardPattern]::Escape($lines -join "`n") -replace '(?m)^\.\.\.$', '*'
                $printed -replace '\d{8}T\d{6}Z', '<backup>' |
                    Should -BeLikeExactly ($pattern -replace '\d{8}T\d{6}Z', '<backup>')
            }
        } finally {
            [System.Console]::OutputEncoding = $encoding
            Pop-Location
        }
    }
}

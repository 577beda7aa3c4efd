# The module as a whole: signatures, help, languages, exit codes, formats and completion.
BeforeDiscovery {
    . "$PSScriptRoot/support.ps1"
    $signatures = @(
        @{ Name = 'Disable-SchannelDhe'; Sets = @('[-LocalList] [-Strict] [-PassThru] [-Force] [-WhatIf] [-Confirm]') }
        @{ Name = 'Get-SchannelCipherSuite'; Sets = @('[[-Name] <string[]>] [-Layer <string>] [-DheOnly]') }
        @{ Name = 'Get-SchannelCipherSuiteBackup'; Sets = @('') }
        @{ Name = 'Get-SchannelDheEvidence'; Sets = @(
            '[-Path] <string[]> [-ListPath <string[]>] [-LocalAddress <string[]>] [-Html <string>]'
            '-LiteralPath <string[]> [-ListPath <string[]>] [-LocalAddress <string[]>] [-Html <string>]'
            '-EventLog [-ListPath <string[]>] [-LocalAddress <string[]>] [-Html <string>]'
            '-Before <string[]> -After <string[]> [-LocalAddress <string[]>]') }
        @{ Name = 'Get-SchannelDheStatus'; Sets = @('[-PolicySource]', '[-Path] <string[]>', '-LiteralPath <string[]>') }
        @{ Name = 'Get-SchannelGroupPolicy'; Sets = @('[[-Domain] <string>]') }
        @{ Name = 'Get-SchannelGroupPolicyFile'; Sets = @('[-Path] <string[]>', '-LiteralPath <string[]>') }
        @{ Name = 'Invoke-SchannelDheProbe'; Sets = @('[-ComputerName] <string[]> [-Port <int>] [-Protocol <string>] [-ServerName <string>] [-TimeoutSec <double>] [-TotalTimeoutSec <double>] [-Hunt <int>]') }
        @{ Name = 'Repair-SchannelGroupPolicy'; Sets = @(
            '-Guid <guid> [-Domain <string>] [-BackupPath <string>] [-PassThru] [-Force] [-WhatIf] [-Confirm]'
            '[-Name] <string> [-Domain <string>] [-BackupPath <string>] [-PassThru] [-Force] [-WhatIf] [-Confirm]') }
        @{ Name = 'Repair-SchannelPolicyText'; Sets = @('[-Text] <string[]> [-Separator <string>] [-KeepDhe] [-Shorten] [-Detailed]') }
        @{ Name = 'Restore-SchannelCipherSuite'; Sets = @('[[-BackupId] <string>] [-IgnoreDrift] [-Force] [-PassThru] [-WhatIf] [-Confirm]') }
        @{ Name = 'Test-SchannelDhe'; Sets = @('[-Detailed]') }
        @{ Name = 'Test-SchannelDheSelfCheck'; Sets = @('[-Deep] [-Force] [-WhatIf] [-Confirm]') }
    )
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $module = Get-Module SchannelDhe
    $names = @($module.ExportedFunctions.Keys | Sort-Object)
    $commonParameters = @([System.Management.Automation.Cmdlet]::CommonParameters)
}

Describe 'the module' {
    It 'exports its public functions and nothing else' {
        $files = [System.IO.Directory]::GetFiles("$ModuleFolder/Public") | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
        $names | Should -BeExactly @($files | Sort-Object)
        $module.ExportedCmdlets.Count, $module.ExportedAliases.Count, $module.ExportedVariables.Count | Should -BeExactly 0, 0, 0
    }
    It 'has the version of the package' {
        $package = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$Repository/package.json"))
        [string] $module.Version | Should -BeExactly $package.version
    }
    It 'has a manifest that PowerShell finds no fault with' {
        $manifest = Test-ModuleManifest -Path "$ModuleFolder/SchannelDhe.psd1" -ErrorAction Stop -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Should -BeExactly 'Desktop', 'Core'
    }
    It 'knows the outcomes of the program' {
        $table = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$Repository/build/powershell/exit-table.json"))
        $known = & $module { $script:Outcomes }
        foreach ($outcome in $table.PSObject.Properties.Name) { $known.Keys | Should -Contain $outcome }
    }
}

Describe '<Name>' -ForEach $signatures {
    It 'has its signature' {
        $found = (Get-Command $Name).ParameterSets | ForEach-Object { $_.ToString().Replace('[<CommonParameters>]', '').Trim() }
        @($found | Sort-Object) | Should -BeExactly @($Sets | Sort-Object)
    }
    It 'has help for every parameter, and examples' {
        $help = Get-Help $Name
        $help.Synopsis.Length | Should -BeGreaterThan 20
        $help.examples.example | Should -Not -BeNullOrEmpty
        foreach ($parameter in (Get-Command $Name).Parameters.Keys) {
            if ($commonParameters + 'WhatIf' + 'Confirm' -contains $parameter) { continue }
            $told = @($help.parameters.parameter | Where-Object { $_.name -eq $parameter })
            $told | Should -HaveCount 1 -Because $parameter
            $told[0].description[0].Text | Should -Not -BeNullOrEmpty -Because $parameter
        }
    }
}

Describe 'the Japanese help' {
    It 'has the same functions and parameters' {
        $help = [xml] [System.IO.File]::ReadAllText("$ModuleFolder/ja-JP/SchannelDhe-help.xml")
        $told = @{}
        foreach ($command in $help.GetElementsByTagName('command:command')) {
            $parameters = $command.GetElementsByTagName('command:parameters')[0].GetElementsByTagName('maml:name')
            $told[$command.GetElementsByTagName('command:name')[0].InnerText] =
                @($parameters | Where-Object { $_.ParentNode.LocalName -eq 'parameter' } | ForEach-Object { $_.InnerText })
        }
        @($told.Keys | Sort-Object) | Should -BeExactly $names
        foreach ($name in $names) {
            $actual = (Get-Command $name).Parameters.Keys | Where-Object { $commonParameters -notcontains $_ }
            @($told[$name] | Sort-Object) | Should -BeExactly @($actual | Sort-Object) -Because $name
        }
    }
    It 'is the help of a Japanese session' {
        Import-TestModule 'ja-JP'
        try {
            (Get-Help Disable-SchannelDhe).Synopsis | Should -BeLikeExactly "*$([char] 0x524a)$([char] 0x9664)*"
            [string] (Get-Help about_SchannelDhe) | Should -BeLikeExactly "*$([char] 0x6982)$([char] 0x8981)*"
        } finally {
            Import-TestModule
        }
    }
}

Describe 'the sentences' {
    It 'are the same in both languages, with the same places, and every one is used' {
        $english, $japanese = foreach ($culture in 'en-US', 'ja-JP') {
            Import-PowerShellDataFile -LiteralPath "$ModuleFolder/$culture/SchannelDhe.Strings.psd1"
        }
        @($japanese.Keys | Sort-Object) | Should -BeExactly @($english.Keys | Sort-Object)
        $code = [System.IO.Directory]::GetFiles($ModuleFolder, '*.ps1', 'AllDirectories') | ForEach-Object { [System.IO.File]::ReadAllText($_) } | Out-String
        $used = [regex]::Matches($code, 'Strings\.([A-Z]\w+)') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        @($used) | Should -BeExactly @($english.Keys | Sort-Object)
        foreach ($key in $english.Keys) {
            $places = foreach ($text in $english[$key], $japanese[$key]) {
                @([regex]::Matches($text, '\{\d\}') | ForEach-Object { $_.Value } | Sort-Object -Unique) -join ' '
            }
            $places[1] | Should -BeExactly $places[0] -Because $key
        }
    }
}

Describe 'completion' {
    BeforeAll {
        [void] (Use-Machine '--simulate', 'ws2022')
        function Get-Completion([string] $Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | ForEach-Object { $_.CompletionText }
        }
    }
    It 'has the layers' {
        Get-Completion 'Get-SchannelCipherSuite -Layer ' | Should -BeExactly 'Enumerated', 'GroupPolicy', 'Local', 'Mdm', 'WindowsDefault'
    }
    It 'has the names' {
        Get-Completion 'Get-SchannelCipherSuite -Name TLS_DHE_RSA_WITH_AES_128_G' | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'
    }
    It 'goes on inside an open quote, and closes it: <_>' -ForEach "'", '"' {
        Get-Completion "Get-SchannelCipherSuite -Name ${_}TLS_DHE_RSA_WITH_AES_128_G" | Should -BeExactly "${_}TLS_DHE_RSA_WITH_AES_128_GCM_SHA256$_"
    }
    It 'has the backups' {
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        Get-Completion 'Restore-SchannelCipherSuite -BackupId ' | Should -BeExactly (Get-SchannelCipherSuiteBackup).BackupId
        Get-Completion "Restore-SchannelCipherSuite -BackupId '" | Should -BeExactly "'$((Get-SchannelCipherSuiteBackup).BackupId)'"
    }
}

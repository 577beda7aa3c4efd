# What PowerShell itself offers after `schannel-dhe completion powershell`.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $cli = "$Repository/dist/cli.js"
    function Import-Completion([string] $Language) {
        & $Node $cli completion powershell --language $Language | Out-String | Invoke-Expression
    }
    function Complete-Line([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
    }
    Import-Completion en
}

Describe 'Completion' {
    It 'offers <Expected> after "<Line>"' -TestCases @(
        @{ Line = 'schannel-dhe st'; Expected = @('status') }
        @{ Line = 'schannel-dhe.exe disab'; Expected = @('disable') }
        @{ Line = 'schannel-dhe --json stat'; Expected = @('status') }
        @{ Line = 'schannel-dhe --language ja stat'; Expected = @('status') }
        @{ Line = 'schannel-dhe pol'; Expected = @('policy') }
        @{ Line = 'schannel-dhe policy '; Expected = @('backup', 'file', 'local', 'scan', 'text') }
        @{ Line = 'schannel-dhe policy te'; Expected = @('text') }
        @{ Line = 'schannel-dhe disable --d'; Expected = @('--dry-run') }
        @{ Line = 'schannel-dhe policy file x.pol --in'; Expected = @('--in-place') }
        @{ Line = 'schannel-dhe status --simulate ws'; Expected = @('ws2022', 'ws2022-23h2', 'ws2025') }
        @{ Line = 'schannel-dhe probe host --starttls i'; Expected = @('imap') }
        @{ Line = 'schannel-dhe status --exit-codes m'; Expected = @('msi') }
    ) {
        param($Line, $Expected)
        (Complete-Line $Line).CompletionText | Sort-Object | Should -BeExactly $Expected
    }
    It 'offers no simulated machine to a command that uses none' {
        (Complete-Line 'schannel-dhe probe --sim').CompletionText | Should -Not -Contain '--simulate'
    }
    It 'says what an option does, in the language that was asked for' {
        (Complete-Line 'schannel-dhe disable --strict').ToolTip | Should -BeExactly 'refuse where it would only warn'
        Import-Completion ja
        (Complete-Line 'schannel-dhe disable --strict').ToolTip | Should -BeExactly ([regex]::Unescape('\u8b66\u544a\u3068\u306a\u308b\u5834\u5408\u3082\u4e2d\u6b62\u3059\u308b'))
    }
    It 'is a script in ASCII' {
        (& $Node $cli completion powershell --language ja | Out-String) -match '[^\x00-\x7f]' | Should -BeFalse
    }
}

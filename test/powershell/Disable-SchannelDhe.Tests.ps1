BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'Disable-SchannelDhe' {
    BeforeEach {
        $folder = Use-Machine $Server2012R2
    }
    It '-WhatIf changes nothing, and says what it would remove' {
        $before = (Get-SchannelCipherSuite).Name
        $state = [System.IO.File]::ReadAllText("$folder/machine.json")
        $outcome = Disable-SchannelDhe -WhatIf -PassThru
        $outcome.Outcome | Should -BeExactly 'would-change'
        $outcome.IsChanged | Should -BeFalse
        $outcome.BackupId | Should -BeNullOrEmpty
        $outcome.Suites | Should -BeExactly (Get-SchannelDheStatus).DheSuites
        (Disable-SchannelDhe -WhatIf -Force -PassThru).Outcome | Should -BeExactly 'would-change'
        (Get-SchannelCipherSuite).Name | Should -BeExactly $before
        [System.IO.File]::ReadAllText("$folder/machine.json") | Should -BeExactly $state
    }
    It 'removes the DHE suites and keeps the order with <_.Keys>' -ForEach @{ Confirm = $false }, @{ Force = $true } {
        $parameters = $_
        $kept = foreach ($suite in Get-SchannelCipherSuite) { if (-not $suite.IsDhe) { $suite.Name } }
        Disable-SchannelDhe @parameters -WarningAction SilentlyContinue -WarningVariable warnings
        (Get-SchannelCipherSuite).Name | Should -BeExactly $kept
        $warnings[0] | Should -BeLikeExactly '*Restart this computer*'
        $again = Disable-SchannelDhe @parameters -PassThru -WarningVariable none
        $again.Outcome | Should -BeExactly 'nothing-to-do'
        $again.IsChanged, $again.RestartAdvised | Should -BeExactly $false, $false
        $none | Should -HaveCount 0
    }
    It 'says nothing but what it is asked to' {
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }
    It 'is refused by the guard with -Strict' {
        { Disable-SchannelDhe -Strict -Force -ErrorAction Stop } | Should -Throw -ErrorId 'REFUSED,Disable-SchannelDhe'
        Get-SchannelCipherSuite | Should -HaveCount 40
    }
    It 'changes nothing without administrator rights' {
        [void] (Use-Machine ($Server2012R2 + '--not-elevated'))
        $failure = { Disable-SchannelDhe -Force -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'NOT_ELEVATED,Disable-SchannelDhe', 'PermissionDenied'
        Get-SchannelCipherSuite | Should -HaveCount 40
    }
}

Describe 'Disable-SchannelDhe under a policy' {
    BeforeEach {
        [void] (Use-Machine $Server2012R2UnderPolicy)
    }
    It 'changes nothing, and the error carries the corrected text' {
        $outcome = Disable-SchannelDhe -Force -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures
        Get-ErrorFacts $failures[0] | Should -BeExactly 'GOVERNED_BY_POLICY,Disable-SchannelDhe', 'InvalidOperation'
        $failures[0].Exception.Message | Should -BeLikeExactly '*TLS_RSA_WITH_AES_128_CBC_SHA256'
        $outcome.Outcome, $outcome.GoverningLayer, $outcome.PolicyText |
            Should -BeExactly 'governed-by-policy', 'GroupPolicy', 'TLS_RSA_WITH_AES_128_CBC_SHA256'
        $outcome.IsChanged | Should -BeFalse
        $failures[0].TargetObject.PolicyText | Should -BeExactly $outcome.PolicyText
        Get-SchannelCipherSuite -Layer Local | Should -HaveCount 40
    }
    It '-LocalList cleans the local list, and the policy is still told of' {
        $outcome = Disable-SchannelDhe -LocalList -Force -PassThru -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $outcome.Outcome | Should -BeExactly 'governed-by-policy'
        $outcome.IsChanged | Should -BeTrue
        Get-SchannelCipherSuite -Layer Local | Should -HaveCount (40 - $outcome.Suites.Count)
        Get-SchannelCipherSuite -Layer Local -DheOnly | Should -BeNullOrEmpty
    }
}

Describe 'Disable-SchannelDhe in an interactive session' {
    BeforeAll {
        # The answers come from stdin, as from somebody who types them; what is asked goes to the console and to the transcript.
        function Invoke-Asking([string] $Command, [string] $Answer) {
            $folder = Use-Machine $Server2012R2
            [System.IO.File]::WriteAllText("$folder/ask.ps1", @"
[void] (Start-Transcript -LiteralPath '$folder/transcript.txt')
[System.Globalization.CultureInfo]::CurrentUICulture = 'en-US'
Import-Module -Name '$ModuleFolder/SchannelDhe.psd1'
& (Get-Module SchannelDhe) { `$script:Program = [pscustomobject]@{ FileName = '$Node'; Arguments = 'cli.js --request'; Folder = '$folder' } }
$Command
"@)
            [void] (Invoke-PowerShell '-File', "$folder/ask.ps1" -InputText $Answer)
            [System.IO.File]::ReadAllText("$folder/transcript.txt")
        }
    }
    It 'asks, names the suites, and heeds <Answer>: <Outcome>' -ForEach @(
        @{ Answer = 'n'; Outcome = 'would-change'; IsPassed = $false }
        @{ Answer = 'y'; Outcome = 'changed'; IsPassed = $true }
    ) {
        $said = Invoke-Asking '"Outcome: $((Disable-SchannelDhe -PassThru).Outcome)"' "$Answer`n"
        $said | Should -BeLikeExactly '*TLS_DHE_RSA_WITH_AES_256_GCM_SHA384*'
        $said | Should -BeLikeExactly "*Outcome: $Outcome*"
        Test-SchannelDhe | Should -Be $IsPassed
    }
    It 'is asked of Restore-SchannelCipherSuite too' {
        $said = Invoke-Asking 'Disable-SchannelDhe -Force; "Outcome: $((Restore-SchannelCipherSuite -PassThru).Outcome)"' "y`n"
        $said | Should -BeLikeExactly '*Outcome: changed*'
        Test-SchannelDhe | Should -BeFalse
    }
}

# How a function ends that could not do what it was asked to.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $windows = '--simulate', 'win8.1-2012r2'
    # A task of its own process, with the preferences that a task has.
    function Invoke-Task([string] $Text, [string[]] $Machine) {
        $file = "$(New-Folder)/task.ps1"
        $words = @($Machine | ForEach-Object { "'$_'" }) -join ', '
        [System.IO.File]::WriteAllText($file, @"
`$TestDrive = '$([System.IO.Path]::GetDirectoryName($file))'
. '$PSScriptRoot/support.ps1'
`$ErrorActionPreference = 'Continue'
Import-TestModule
[System.IO.File]::WriteAllText('$file.folder', (Use-Machine @($words)))
$Text
"@)
        $ended = Invoke-PowerShell '-NonInteractive', '-File', $file
        # An error is broken into lines at the width of a console, with a bar before each.
        $ended.ErrorText = $ended.ErrorText -replace '[\s|]+', ' '
        Add-Member -InputObject $ended -NotePropertyName Folder -NotePropertyValue ([System.IO.File]::ReadAllText("$file.folder")) -PassThru
    }
}

Describe 'a task that nobody answers' {
    It '<_> is one error, and ends with 1' -ForEach 'Disable-SchannelDhe', 'Test-SchannelDheSelfCheck -Deep' {
        $ended = Invoke-Task "$_`n'went on'" $windows
        $ended.ExitCode | Should -Be 1
        $ended.Output | Should -Not -BeLike '*went on*'
        [regex]::Matches($ended.ErrorText, 'nobody can be asked').Count | Should -Be 1
        $ended.ErrorText | Should -Not -Match 'ShouldProcess|Read and Prompt'
        $ended.ErrorText | Should -BeLike '*-Force*'
        $runs = "$($ended.Folder)/runs.txt"
        if ([System.IO.File]::Exists($runs)) { [System.IO.File]::ReadAllText($runs) | Should -Not -Match '--yes' }
    }
    It 'does its work with -Force, and ends with 0' {
        $ended = Invoke-Task 'Disable-SchannelDhe -Force; Test-SchannelDhe' $windows
        $ended.ErrorText | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        $ended.Output | Should -BeLike '*True*'
    }
    It 'leaves one record, whatever the error' {
        $ended = Invoke-Task 'try { Disable-SchannelDhe } catch { "caught $($_.FullyQualifiedErrorId) of $($Error.Count)" }' $windows
        $ended.Output | Should -BeLike '*caught CONFIRMATION_NEEDED,Disable-SchannelDhe of 1*'
    }
}

Describe 'a program that breaks' {
    It 'with exit code <_> and no document is NODE_ENDED with what it said' -ForEach 0, 1, 2, 5, 77 {
        [void] (Use-Script "console.error('the cause of it'); process.exitCode = $_")
        $Error.Clear()
        $failure = { Get-SchannelDheStatus -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'NODE_ENDED,Get-SchannelDheStatus', 'OperationStopped'
        $failure.Exception.Message | Should -BeLike "*ended with $_ *the cause of it*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Get-SchannelDheStatus*'
    }
    It 'as Node does at an uncaught exception' {
        [void] (Use-Script 'throw new Error("boom")')
        { Get-SchannelDheStatus -ErrorAction Stop } | Should -Throw '*boom*' -ErrorId 'NODE_ENDED,Get-SchannelDheStatus'
    }
    It 'that speaks of an outcome that nobody knows is not taken at its word' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'status', outcome: 'splendid' }))")
        { Get-SchannelDheStatus -ErrorAction Stop } | Should -Throw -ErrorId 'NODE_ENDED,Get-SchannelDheStatus'
    }
    It 'among many requests ends all of them' {
        [void] (Use-Script "console.log(JSON.stringify({ exitCode: 0, output: '', errors: '' }))")
        { Get-SchannelDheStatus -LiteralPath a, b, c -ErrorAction Stop } | Should -Throw -ErrorId 'NODE_ENDED,Get-SchannelDheStatus'
    }
}

Describe 'a terminating error' {
    It 'of <_> ends it: nothing runs on' -ForEach 'Get-SchannelDheStatus', 'Get-SchannelCipherSuite', 'Get-SchannelCipherSuiteBackup', 'Test-SchannelDhe',
        'Disable-SchannelDhe -Force', 'Restore-SchannelCipherSuite -Force', 'Repair-SchannelPolicyText x', 'Invoke-SchannelDheProbe localhost',
        'Get-SchannelGroupPolicyFile .', 'Get-SchannelDheEvidence .', 'Test-SchannelDheSelfCheck', 'Get-SchannelGroupPolicy', 'Repair-SchannelGroupPolicy x -Force' {
        [void] (Use-Script 'process.exitCode = 77')
        $ErrorActionPreference = 'Continue'
        $Error.Clear()
        $line = [scriptblock]::Create($_)
        $found = @(& { try { & $line } catch { 'caught' } } 2>&1 3>&1)
        $found | Should -BeExactly 'caught'
        $Error | Should -HaveCount 1
    }
    It 'in the middle of a pipeline is no error: Select-Object -First' {
        [void] (Use-Machine $windows)
        $Error.Clear()
        @(Get-SchannelCipherSuite | Select-Object -First 1) | Should -HaveCount 1
        $Error | Should -HaveCount 0
    }
}

Describe 'advice' {
    It 'of a policy stands beside the sentence: <Layer>' -ForEach @{ Layer = 'policy'; Advice = '*Repair-SchannelGroupPolicy*gpmc.msc*gpedit.msc*' }, @{ Layer = 'mdm'; Advice = '*TLSCipherSuites*' } {
        [void] (Use-Machine ($windows + "--simulate-$Layer" + 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA'))
        Disable-SchannelDhe -Force -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        $failures[0].Exception.Message | Should -Not -Match 'gpedit|\n'
        $failures[0].Exception.Message | Should -BeLike '*TLS_RSA_WITH_AES_128_CBC_SHA'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike $Advice
    }
}

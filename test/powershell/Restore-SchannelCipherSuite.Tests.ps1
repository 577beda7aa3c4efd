BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'Restore-SchannelCipherSuite' {
    BeforeEach {
        [void] (Use-Machine $Server2012R2)
    }
    It 'puts a backup back that Get-SchannelCipherSuiteBackup lists' {
        Get-SchannelCipherSuiteBackup | Should -BeNullOrEmpty
        $before = (Get-SchannelCipherSuite).Name
        $outcome = Disable-SchannelDhe -Force -PassThru -WarningAction SilentlyContinue
        $backup = Get-SchannelCipherSuiteBackup
        $backup.PSTypeNames[0], $backup.BackupId, $backup.GoverningLayer | Should -BeExactly 'SchannelDhe.Backup', $outcome.BackupId, 'Local'
        $backup.IsDamaged | Should -BeFalse
        $backup.Suites | Should -BeExactly $before
        $backup.RemovedSuites | Should -BeExactly $outcome.Suites
        $backup.CreatedAt.Kind | Should -Be 'Utc'
        $restored = $backup | Restore-SchannelCipherSuite -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $restored.Outcome, $restored.BackupId | Should -BeExactly 'changed', $backup.BackupId
        (Get-SchannelCipherSuite).Name | Should -BeExactly $before
        (Restore-SchannelCipherSuite $backup.BackupId -Force -PassThru).Outcome | Should -BeExactly 'nothing-to-do'
    }
    It '-WhatIf changes nothing' {
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        $outcome = Get-SchannelCipherSuiteBackup | Restore-SchannelCipherSuite -WhatIf -PassThru
        $outcome.Outcome, $outcome.BackupId | Should -BeExactly 'would-change', (Get-SchannelCipherSuiteBackup).BackupId
        $outcome.Suites | Should -BeExactly (Get-SchannelCipherSuiteBackup).RemovedSuites
        Test-SchannelDhe | Should -BeTrue
    }
    It '-WhatIf names the backup and the suites, without the rights to change' {
        $folder = Use-Machine $Server2012R2
        $suites = (Disable-SchannelDhe -Force -PassThru -WarningAction SilentlyContinue).Suites
        $id = (Get-SchannelCipherSuiteBackup).BackupId
        $other = Use-Machine ($Server2012R2 + '--not-elevated')
        [System.IO.File]::Copy("$folder/machine.json", "$other/machine.json")
        $script = "$(New-Folder)/restore.ps1"
        [System.IO.File]::WriteAllText($script, @"
. '$PSScriptRoot/support.ps1'
Import-TestModule
& (Get-Module SchannelDhe) { `$script:Program = [pscustomobject]@{ FileName = '$Node'; Arguments = 'cli.js --request'; Folder = '$other' } }
Restore-SchannelCipherSuite -WhatIf
"@)
        $said = (Invoke-PowerShell '-NonInteractive', '-File', $script).Output -replace '\s+', ' '
        $said | Should -BeLike "What if: *$id*"
        foreach ($suite in $suites) { $said | Should -BeLike "*$suite*" }
        { Restore-SchannelCipherSuite -Force -ErrorAction Stop } | Should -Throw -ErrorId 'NOT_ELEVATED,Restore-SchannelCipherSuite'
    }
    It 'refuses a list that drifted, also with -Force; -IgnoreDrift restores, and asks' {
        $folder = Use-Machine $Server2012R2
        $before = (Get-SchannelCipherSuite).Name
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        # Somebody else takes a suite out: the same machine without its last name.
        $machine = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$folder/machine.json"))
        $machine.table = @($machine.table | Select-Object -SkipLast 1)
        [System.IO.File]::WriteAllText("$folder/machine.json", (ConvertTo-Json -InputObject $machine -Depth 9))
        $drifted = [System.IO.File]::ReadAllText("$folder/machine.json")
        $failure = { Restore-SchannelCipherSuite -Force -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeExactly 'REFUSED,Restore-SchannelCipherSuite'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-IgnoreDrift*'
        (ConvertTo-Json (ConvertFrom-Json ([System.IO.File]::ReadAllText("$folder/machine.json"))).table) | Should -BeExactly (ConvertTo-Json (ConvertFrom-Json $drifted).table)
        # Nobody can be asked here.
        { Restore-SchannelCipherSuite -IgnoreDrift } | Should -Throw -ErrorId 'CONFIRMATION_NEEDED,Restore-SchannelCipherSuite'
        Restore-SchannelCipherSuite -IgnoreDrift -Force -WarningAction SilentlyContinue
        (Get-SchannelCipherSuite).Name | Should -BeExactly @($before | Select-Object -SkipLast 1)
    }
    It 'finishes an interrupted change that left nothing to put back' {
        $folder = Use-Machine $Server2012R2
        $suites = (Disable-SchannelDhe -Force -PassThru -WarningAction SilentlyContinue).Suites
        Restore-SchannelCipherSuite -Force -WarningAction SilentlyContinue
        # The record of the change as it stands before its end.
        $text = [System.IO.File]::ReadAllText("$folder/machine.json")
        $machine = ConvertFrom-Json -InputObject $text
        foreach ($key in $machine.keys) {
            foreach ($value in $key.values) {
                $stored = [System.Text.Encoding]::Unicode.GetString([System.Convert]::FromBase64String($value.data))
                if ($stored -notlike '*"kind":"change"*') { continue }
                $value.data = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes(($stored -replace '"state":"complete"', '"state":"in-progress"' -replace '"finishedAt":"[^"]*"', '"finishedAt":null')))
            }
        }
        [System.IO.File]::WriteAllText("$folder/machine.json", (ConvertTo-Json -InputObject $machine -Depth 9))
        (Get-SchannelDheStatus).Findings.Id | Should -Contain 'interrupted-change'
        Restore-SchannelCipherSuite -Force
        (Get-SchannelDheStatus).Findings.Id | Should -Not -Contain 'interrupted-change'
    }
    It 'has the code of the library for a backup that is not there' {
        $failure = { Restore-SchannelCipherSuite -BackupId nonsense -Force -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'BACKUP_NOT_FOUND,Restore-SchannelCipherSuite', 'InvalidArgument'
    }
}

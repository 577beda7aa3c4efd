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
        Get-SchannelCipherSuiteBackup | Restore-SchannelCipherSuite -WhatIf -PassThru | Should -BeNullOrEmpty
        Test-SchannelDhe | Should -BeTrue
    }
    It 'has the code of the library for a backup that is not there' {
        $failure = { Restore-SchannelCipherSuite -BackupId nonsense -Force -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'BACKUP_NOT_FOUND,Restore-SchannelCipherSuite', 'InvalidArgument'
    }
}

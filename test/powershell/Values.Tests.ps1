# What a user gives as a value stays one.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'a value that looks like an option' {
    It 'of -BackupId is no backup: <_>' -ForEach '--force', '--list', '--help', '-h', '--json', '--state', '--', '-', '--simulate=ws2022' {
        $folder = Use-Machine '--simulate', 'win8.1-2012r2'
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        $before = [System.IO.File]::ReadAllText("$folder/machine.json")
        $failure = { Restore-SchannelCipherSuite -BackupId $_ -Force -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'BACKUP_NOT_FOUND,Restore-SchannelCipherSuite', 'InvalidArgument'
        [System.IO.File]::ReadAllText("$folder/machine.json") | Should -BeExactly $before
    }
    It 'of -LiteralPath is a file: <_>' -ForEach '--save', '-h', '--from', "--'x" {
        [void] (Use-Machine @())
        Push-Location -LiteralPath (New-Folder)
        try {
            { Get-SchannelDheStatus -LiteralPath $_ -ErrorAction Stop } | Should -Throw "*$_*" -ErrorId 'FILE_ACCESS,Get-SchannelDheStatus'
            { Get-SchannelGroupPolicyFile -LiteralPath $_ -ErrorAction Stop } | Should -Throw "*$_*" -ErrorId 'FILE_ACCESS,Get-SchannelGroupPolicyFile'
            { Get-SchannelDheEvidence -LiteralPath $_ -ErrorAction Stop } | Should -Throw "*$_*" -ErrorId 'FILE_ACCESS,Get-SchannelDheEvidence'
        } finally {
            Pop-Location
        }
    }
    It 'of -Text is a text' {
        [void] (Use-Machine @())
        $text = '--keep-dhe,TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA'
        Repair-SchannelPolicyText $text | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
    }
    It 'of -ComputerName and -ServerName is refused: <_>' -ForEach '--listen', '-h', '#x', "a b", "a`nb" {
        { Invoke-SchannelDheProbe -ComputerName $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Invoke-SchannelDheProbe'
        if ($_ -ne '#x') { { Invoke-SchannelDheProbe localhost -ServerName $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Invoke-SchannelDheProbe' }
    }
}

Describe 'Restore-SchannelCipherSuite' {
    It 'takes no processes for backups' {
        $folder = Use-Machine '--simulate', 'win8.1-2012r2'
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        $before = [System.IO.File]::ReadAllText("$folder/machine.json")
        { Get-Process -Id $PID | Restore-SchannelCipherSuite -Force -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,Restore-SchannelCipherSuite'
        [System.IO.File]::ReadAllText("$folder/machine.json") | Should -BeExactly $before
        (Get-Command Restore-SchannelCipherSuite).Parameters['BackupId'].Aliases | Should -BeNullOrEmpty
    }
}

# The one door to the program: what it says, how it ends, and what is run at all.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    function Reset-Module {
        Import-TestModule
        $script:module = Get-Module SchannelDhe
    }
    Reset-Module
}

Describe 'the outcome <Outcome> of the program' -ForEach @(
    @{ ExitCode = 2; Outcome = 'bad-input'; Id = 'INVALID_INPUT'; Category = 'InvalidArgument' }
    @{ ExitCode = 3; Outcome = 'governed-by-policy'; Id = 'GOVERNED_BY_POLICY'; Category = 'InvalidOperation' }
    @{ ExitCode = 4; Outcome = 'not-elevated'; Id = 'NOT_ELEVATED'; Category = 'PermissionDenied' }
    @{ ExitCode = 5; Outcome = 'failed-undone'; Id = 'FAILED_UNDONE'; Category = 'WriteError' }
    @{ ExitCode = 6; Outcome = 'unsupported-platform'; Id = 'UNSUPPORTED_PLATFORM'; Category = 'NotImplemented' }
    @{ ExitCode = 7; Outcome = 'busy'; Id = 'MACHINE_LOCK_BUSY'; Category = 'ResourceBusy' }
    @{ ExitCode = 8; Outcome = 'refused'; Id = 'REFUSED'; Category = 'InvalidOperation' }
    @{ ExitCode = 9; Outcome = 'failed-undo-incomplete'; Id = 'FAILED_UNDO_INCOMPLETE'; Category = 'InvalidResult' }
) {
    It 'with an error document is an error with its code' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: '$Outcome', code: 'SOME_CODE', message: 'said' })); process.exitCode = $ExitCode")
        $failure = { Get-SchannelDheStatus -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'SOME_CODE,Get-SchannelDheStatus', $Category
        $failure.Exception.Message | Should -BeExactly 'said'
    }
    It 'as the outcome of a change is <Id>' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'restore', outcome: '$Outcome', message: 'so', added: [], backupId: 'x', drift: { missing: [], unexpected: [], isReordered: true }, cause: null })); process.exitCode = $ExitCode")
        $failure = { Restore-SchannelCipherSuite -Force -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly "$Id,Restore-SchannelCipherSuite", $Category
    }
}

Describe 'the program' {
    It 'with an error does not stop the caller unless asked' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: 'busy', code: 'MACHINE_LOCK_BUSY', message: 'x' })); process.exitCode = 7")
        Get-SchannelDheStatus -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
    }
    # Many times, since it depends on who is faster.
    It 'that ends before its input was written leaves the caller its own error alone' -ForEach (1..20) {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: 'busy', code: 'MACHINE_LOCK_BUSY', message: 'x' })); process.exit(7)")
        & $module {
            function Test-It { [CmdletBinding()] param() Invoke-SchannelDhe $PSCmdlet 'status' -InputText ('x' * 1MB) }
            Test-It -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures
        } | ForEach-Object { $_.FullyQualifiedErrorId } | Should -BeExactly 'MACHINE_LOCK_BUSY,Test-It'
    }
    It 'that ends midway is one clear error: <_>' -ForEach @(
        "process.stdout.write('{`"kind`":`"sta'); process.kill(process.pid, 'SIGKILL')"
        'process.exitCode = 77'
        "process.stdout.write('no JSON')"
        'process.stdin.destroy(); process.exitCode = 134'
    ) {
        [void] (Use-Script $_)
        $failure = { Get-SchannelDheStatus -ErrorAction SilentlyContinue } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'NODE_ENDED,Get-SchannelDheStatus', 'OperationStopped'
    }
    It 'that hangs is ended' {
        $folder = Use-Script "require('node:fs').writeFileSync('id.txt', String(process.pid)); setInterval(() => {}, 1000)"
        $failure = {
            & $module { function Test-It { [CmdletBinding()] param() Invoke-SchannelDhe $PSCmdlet 'status' -TimeoutSeconds 10 } Test-It }
        } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'PROGRAM_TIMEOUT,Test-It', 'OperationTimeout'
        $id = [int] [System.IO.File]::ReadAllText("$folder/id.txt")
        [System.Diagnostics.Process]::GetProcesses() | Where-Object { $_.Id -eq $id -and -not $_.HasExited } | Should -BeNullOrEmpty
    }
    It 'that never reads, with 1 MB on its way, is ended too' {
        [void] (Use-Script 'setInterval(() => {}, 1000)')
        {
            & $module { function Test-It { [CmdletBinding()] param() Invoke-SchannelDhe $PSCmdlet 'status' -InputText ('x' * 1MB) -TimeoutSeconds 1 } Test-It }
        } | Should -Throw -ErrorId 'PROGRAM_TIMEOUT,Test-It'
    }
    It 'has its lines on stderr told as warnings, and those of Node itself as verbose' {
        [void] (Use-Script "console.error('careful'); console.error('(node:1) Warning: old'); console.log(JSON.stringify({ kind: 'suites', outcome: 'nothing-to-do', suites: [] }))")
        $all = @(Get-SchannelCipherSuite -Verbose -WarningAction SilentlyContinue -WarningVariable warnings 4>&1)
        $warnings | Should -BeExactly 'careful'
        [string] $all[0] | Should -BeExactly '(node:1) Warning: old'
    }
    It 'is not reached by what could make Node load other code' {
        [System.Environment]::SetEnvironmentVariable('NODE_OPTIONS', '--require ./no-such-file.js')
        try {
            [void] (Use-Script "console.log(JSON.stringify({ kind: 'backups', outcome: 'nothing-to-do', backups: Object.keys(process.env).filter((name) => name.startsWith('NODE_')) }))")
            Get-SchannelCipherSuiteBackup | Should -BeNullOrEmpty
        } finally {
            [System.Environment]::SetEnvironmentVariable('NODE_OPTIONS', $null)
        }
    }
    It 'reads and says Japanese under a console of code page 932, which stays as it was' {
        # Windows PowerShell has them all from the start.
        if ('System.Text.CodePagesEncodingProvider' -as [type]) {
            [System.Text.Encoding]::RegisterProvider([System.Text.CodePagesEncodingProvider]::Instance)
        }
        $before = [Console]::OutputEncoding
        [Console]::OutputEncoding = [System.Text.Encoding]::GetEncoding(932)
        try {
            [void] (Use-Machine @())
            $word = -join [char[]] (0x6697, 0x53f7, 0x2460, 0xd842, 0xdfb7)
            ("TLS_RSA_WITH_AES_128_CBC_SHA,$word" | Repair-SchannelPolicyText -Detailed).Faults.Found | Should -Contain $word
            [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: 'bad-input', code: 'X', message: '$word' }))")
            ({ Test-SchannelDhe -ErrorAction Stop } | Should -Throw -PassThru).Exception.Message | Should -BeExactly $word
            [Console]::OutputEncoding.CodePage | Should -Be 932
        } finally {
            [Console]::OutputEncoding = $before
        }
    }
}

Describe 'what is run' {
    # Each replaces functions of the module for one test.
    BeforeEach { Reset-Module }
    AfterAll { Reset-Module }

    It 'is Node, and without it an error' {
        & $module { function script:Find-Node {} }
        $failure = { Test-SchannelDhe -ErrorAction SilentlyContinue } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'NODE_NOT_FOUND,Test-SchannelDhe', 'ObjectNotFound'
    }
    It 'is not looked for in the PATH of the user by an elevated session' {
        & $module { function script:Test-WindowsElevation { $true }; function script:Get-InstalledNodePath {} }
        $folders = ([string] [System.Environment]::GetEnvironmentVariable('PATH', 'Machine')).Split([System.IO.Path]::PathSeparator)
        $found = & $module { Find-Node }
        if ($null -ne $found) { $folders | Should -Contain ([System.IO.Path]::GetDirectoryName($found.FileName)) }
        $found.Why | Should -BeIn $null, 'PATH (Machine)'
    }
    It 'is the installed Node before the one of PATH' {
        $folder = New-Folder
        $file = [System.IO.Path]::Combine($folder, [System.IO.Path]::GetFileName($Node))
        [System.IO.File]::WriteAllText($file, '')
        & $module { param($folder) $script:Where = $folder; function script:Get-InstalledNodePath { $script:Where } } $folder
        $found = & $module { Find-Node }
        $found.FileName, $found.Why | Should -BeExactly $file, 'HKLM\SOFTWARE\Node.js'
    }
    It 'is the Node of PATH where none is installed' {
        & $module { function script:Get-InstalledNodePath {}; function script:Test-WindowsElevation { $false } }
        (& $module { Find-Node }).FileName | Should -BeExactly $Node
    }
    It 'is told with -Verbose' {
        $said = @('TLS_RSA_WITH_AES_128_CBC_SHA' | Repair-SchannelPolicyText -Verbose -WarningAction SilentlyContinue 4>&1 | ForEach-Object { [string] $_ })
        $said[0] | Should -BeLikeExactly 'Runs *node* (found by: *'
    }
    It 'is no Node that answers <Answer>: <Id>' -ForEach @(
        @{ Answer = '["18.20.1","x64"]'; Id = 'NODE_TOO_OLD'; Category = 'NotInstalled' }
        @{ Answer = '["20.11.9","x64"]'; Id = 'NODE_TOO_OLD'; Category = 'NotInstalled' }
        @{ Answer = '["22.1.0","ia32"]'; Id = 'NODE_32_BIT'; Category = 'NotImplemented' }
        @{ Answer = 'nonsense'; Id = 'NODE_ENDED'; Category = 'OperationStopped' }
    ) {
        & $module {
            param($answer)
            $script:Answer = $answer
            function script:Invoke-Process { [pscustomobject]@{ ExitCode = 0; Output = $script:Answer; ErrorText = '' } }
        } $Answer
        $failure = { Test-SchannelDhe -ErrorAction SilentlyContinue } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly "$Id,Test-SchannelDhe", $Category
    }
    It 'is no Node that cannot be started' {
        & $module { function script:Find-Node { [pscustomobject]@{ FileName = "$PSScriptRoot/no/such/node"; Why = 'x' } } }
        $failure = { Test-SchannelDhe } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'PROGRAM_NOT_STARTED,Test-SchannelDhe', 'OpenError'
    }
    It 'is the executable in the module first of all' {
        $folder = New-Folder
        [void] [System.IO.Directory]::CreateDirectory("$folder/program")
        [System.IO.File]::WriteAllText("$folder/program/schannel-dhe.exe", '')
        & $module { param($folder) $script:ModuleRoot = $folder; function script:Test-WindowsSystem { $true } } $folder
        $program = & $module { function Test-It { [CmdletBinding()] param() Find-SchannelDheProgram $PSCmdlet } Test-It }
        [System.IO.Path]::GetFileName($program.FileName), $program.Arguments | Should -BeExactly 'schannel-dhe.exe', '--request'
    }
    It 'is an error where the module lost its program' {
        & $module { $script:ModuleRoot = [System.IO.Path]::GetTempPath() + 'none/none/none' }
        $failure = { Test-SchannelDhe } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'PROGRAM_MISSING,Test-SchannelDhe', 'ObjectNotFound'
    }
}

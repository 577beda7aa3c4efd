# The one door to the program: what it says, how it ends, and what is run at all.
param([string] $Folder)
. "$PSScriptRoot/support.ps1"
Import-TestModule
$module = Get-Module SchannelDhe

function Get-ErrorFacts($Failure) { , @($Failure.FullyQualifiedErrorId, [string] $Failure.CategoryInfo.Category) }

$categories = @(
    @(2, 'bad-input', 'INVALID_INPUT', 'InvalidArgument'), @(3, 'governed-by-policy', 'GOVERNED_BY_POLICY', 'InvalidOperation'),
    @(4, 'not-elevated', 'NOT_ELEVATED', 'PermissionDenied'), @(5, 'failed-undone', 'FAILED_UNDONE', 'WriteError'),
    @(6, 'unsupported-platform', 'UNSUPPORTED_PLATFORM', 'NotImplemented'), @(7, 'busy', 'MACHINE_LOCK_BUSY', 'ResourceBusy'),
    @(8, 'refused', 'REFUSED', 'InvalidOperation'), @(9, 'failed-undo-incomplete', 'FAILED_UNDO_INCOMPLETE', 'InvalidResult'))
foreach ($row in $categories) {
    $exitCode, $outcome, $id, $category = $row
    Test-That "exit code $exitCode is $id" {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: '$outcome', code: 'SOME_CODE', message: 'said' })); process.exitCode = $exitCode")
        $failure = Get-Failure { Get-SchannelDheStatus -ErrorAction Stop }
        Assert-Equal @("SOME_CODE,Get-SchannelDheStatus", $category) (Get-ErrorFacts $failure)
        Assert-Equal 'said' $failure.Exception.Message
        [void] (Use-Script "console.error('told'); process.exitCode = $exitCode")
        $failure = Get-Failure { Get-SchannelDheStatus -ErrorAction Stop }
        Assert-Equal @("$id,Get-SchannelDheStatus", $category) (Get-ErrorFacts $failure)
        Assert-Equal 'told' $failure.Exception.Message
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'restore', outcome: '$outcome', message: 'so', added: [], backupId: 'x' })); process.exitCode = $exitCode")
        $failure = Get-Failure { Restore-SchannelCipherSuite -Force -ErrorAction Stop }
        Assert-Equal @("$id,Restore-SchannelCipherSuite", $category) (Get-ErrorFacts $failure)
    }
}
Test-That 'an error does not stop the caller unless asked' {
    [void] (Use-Script "console.log(JSON.stringify({ kind: 'error', outcome: 'busy', code: 'MACHINE_LOCK_BUSY', message: 'x' })); process.exitCode = 7")
    Assert-Equal $null (Get-SchannelDheStatus -ErrorAction SilentlyContinue -ErrorVariable failures)
    Assert-Equal 1 @($failures).Count
}
foreach ($death in "process.stdout.write('{`"kind`":`"sta'); process.kill(process.pid, 'SIGKILL')", 'process.exitCode = 77',
    "process.stdout.write('no JSON')", "process.stdin.destroy(); process.exitCode = 134") {
    Test-That "a program that ends midway is one clear error: $death" {
        [void] (Use-Script $death)
        Assert-Equal @('NODE_ENDED,Get-SchannelDheStatus', 'OperationStopped') (Get-ErrorFacts (Get-Failure { Get-SchannelDheStatus -ErrorAction SilentlyContinue }))
    }
}
Test-That 'a program that hangs is ended' {
    $folder = Use-Script "require('node:fs').writeFileSync('id.txt', String(process.pid)); setInterval(() => {}, 1000)"
    $failure = Get-Failure { & $module { function Test-It { [CmdletBinding()] param() Invoke-SchannelDhe $PSCmdlet 'status' -TimeoutSeconds 1 } Test-It } }
    Assert-Equal @('PROGRAM_TIMEOUT,Test-It', 'OperationTimeout') (Get-ErrorFacts $failure)
    $id = [int] [System.IO.File]::ReadAllText("$folder/id.txt")
    Assert-Equal 0 @([System.Diagnostics.Process]::GetProcesses() | Where-Object { $_.Id -eq $id -and -not $_.HasExited }).Count
}
Test-That 'one that never reads, with 1 MB on its way, is ended too' {
    [void] (Use-Script 'setInterval(() => {}, 1000)')
    $failure = Get-Failure { & $module { function Test-It { [CmdletBinding()] param() Invoke-SchannelDhe $PSCmdlet 'status' -InputText ('x' * 1MB) -TimeoutSeconds 1 } Test-It } }
    Assert-Equal 'PROGRAM_TIMEOUT,Test-It' $failure.FullyQualifiedErrorId
}
Test-That 'lines on stderr are warnings, and Node''s own are verbose' {
    [void] (Use-Script "console.error('careful'); console.error('(node:1) Warning: old'); console.log(JSON.stringify({ kind: 'suites', outcome: 'nothing-to-do', suites: [] }))")
    & $module { $script:KnownNames = $null }
    $all = @(Get-SchannelCipherSuite -Verbose -WarningAction SilentlyContinue -WarningVariable warnings 4>&1)
    Assert-Equal 'careful' ([string] $warnings[0])
    Assert-Equal 1 @($warnings).Count
    Assert-Equal '(node:1) Warning: old' ([string] $all[0])
}
Test-That 'what could make Node load other code does not reach it' {
    [System.Environment]::SetEnvironmentVariable('NODE_OPTIONS', '--require ./no-such-file.js')
    try {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'backups', outcome: 'nothing-to-do', backups: Object.keys(process.env).filter((name) => name.startsWith('NODE_')) }))")
        Assert-Equal 0 @(Get-SchannelCipherSuiteBackup).Count
    } finally {
        [System.Environment]::SetEnvironmentVariable('NODE_OPTIONS', $null)
    }
}
Test-That 'Japanese survives both ways under a console of code page 932, which stays as it was' {
    [System.Text.Encoding]::RegisterProvider([System.Text.CodePagesEncodingProvider]::Instance)
    $before = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.Encoding]::GetEncoding(932)
    try {
        [void] (Use-Machine @())
        $word = -join [char[]] (0x6697, 0x53f7, 0x2460, 0xd842, 0xdfb7)
        Assert-Equal "TLS_RSA_WITH_AES_128_CBC_SHA,$word" ("TLS_RSA_WITH_AES_128_CBC_SHA,$word" | Repair-SchannelPolicyText)
        [void] (Use-Script "console.error('$word'); process.exitCode = 2")
        Assert-Equal $word (Get-Failure { Test-SchannelDhe -ErrorAction Stop }).Exception.Message
        Assert-Equal 932 ([Console]::OutputEncoding.CodePage)
    } finally {
        [Console]::OutputEncoding = $before
    }
}

function Reset-Program { & $module { $script:Program = $null } }

# Each replaces functions of the module for one block, and brings the module back.
function Invoke-Replaced([scriptblock] $Replacements, [scriptblock] $Body) {
    Reset-Program
    & $module $Replacements
    try { & $Body } finally { Import-TestModule; $script:module = Get-Module SchannelDhe }
}
Test-That 'Node that is missing' {
    Invoke-Replaced { function script:Find-Node {} } {
        Assert-Equal @('NODE_NOT_FOUND,Test-SchannelDhe', 'ObjectNotFound') (Get-ErrorFacts (Get-Failure { Test-SchannelDhe -ErrorAction SilentlyContinue }))
    }
}
Test-That 'an elevated session does not trust the PATH of the user' {
    Invoke-Replaced { function script:Test-WindowsElevation { $true }; function script:Get-InstalledNodePath {} } {
        $machinePath = [string] [System.Environment]::GetEnvironmentVariable('PATH', 'Machine')
        if ($machinePath -eq '') { Assert-Equal 'NODE_NOT_FOUND,Test-SchannelDhe' (Get-Failure { Test-SchannelDhe }).FullyQualifiedErrorId }
    }
}
Test-That 'the installed Node comes before the one of PATH, and -Verbose says which' {
    Invoke-Replaced { function script:Get-InstalledNodePath { '/installed' }; function script:Assert-Node {} } {
        $folder = New-Folder
        [System.IO.File]::WriteAllText("$folder/$([System.IO.Path]::GetFileName($Node))", '')
        & $module { param($folder) $script:Where = $folder; function script:Get-InstalledNodePath { $script:Where } } $folder
        $found = & $module { Find-Node }
        Assert-Equal @([System.IO.Path]::Combine($folder, [System.IO.Path]::GetFileName($Node)), 'HKLM\SOFTWARE\Node.js') @($found.FileName, $found.Why)
        & $module { function script:Get-InstalledNodePath {} }
        Assert-Equal 'PATH (Process)' (& $module { Find-Node }).Why
    }
    Reset-Program
    $said = @('x' | Repair-SchannelPolicyText -Verbose -WarningAction SilentlyContinue 4>&1 | ForEach-Object { [string] $_ })
    Assert-Like "Runs *node* (found by: *" $said[0]
}
foreach ($row in @('["18.20.1","x64"]', 'NODE_TOO_OLD', 'NotInstalled'), @('["20.11.9","x64"]', 'NODE_TOO_OLD', 'NotInstalled'),
    @('["22.1.0","ia32"]', 'NODE_32_BIT', 'NotImplemented'), @('nonsense', 'NODE_ENDED', 'OperationStopped')) {
    $answer, $id, $category = $row
    Test-That "Node that answers $answer is $id" {
        Invoke-Replaced { function script:Invoke-Process { [pscustomobject]@{ ExitCode = 0; Output = $script:Answer; ErrorText = '' } } } {
            & $module { param($answer) $script:Answer = $answer } $answer
            Assert-Equal @("$id,Test-SchannelDhe", $category) (Get-ErrorFacts (Get-Failure { Test-SchannelDhe -ErrorAction SilentlyContinue }))
        }
    }
}
Test-That 'Node that cannot be started' {
    Invoke-Replaced { function script:Find-Node { [pscustomobject]@{ FileName = "$PSScriptRoot/no/such/node"; Why = 'x' } } } {
        Assert-Equal @('PROGRAM_NOT_STARTED,Test-SchannelDhe', 'OpenError') (Get-ErrorFacts (Get-Failure { Test-SchannelDhe }))
    }
}
Test-That 'the executable in the module comes first' {
    Invoke-Replaced { function script:Test-WindowsSystem { $true } } {
        $folder = New-Folder
        [void] [System.IO.Directory]::CreateDirectory("$folder/program")
        [System.IO.File]::WriteAllText("$folder/program/schannel-dhe.exe", '')
        & $module { param($folder) $script:ModuleRoot = $folder } $folder
        $program = & $module { function Test-It { [CmdletBinding()] param() Find-SchannelDheProgram $PSCmdlet } Test-It }
        Assert-Equal @('schannel-dhe.exe', '--request') @([System.IO.Path]::GetFileName($program.FileName), $program.Arguments)
    }
}
Test-That 'a module without its program' {
    Invoke-Replaced { $script:ModuleRoot = [System.IO.Path]::GetTempPath() + 'none/none/none' } {
        Assert-Equal @('PROGRAM_MISSING,Test-SchannelDhe', 'ObjectNotFound') (Get-ErrorFacts (Get-Failure { Test-SchannelDhe }))
    }
}

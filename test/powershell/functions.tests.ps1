param([string] $Folder)
. "$PSScriptRoot/support.ps1"
Import-TestModule
$windows = '--simulate', 'win8.1-2012r2'
$dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'
$policy = $windows + '--simulate-policy' + 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA256,x'

function Get-NameList($Suites) { , [string[]] @(foreach ($suite in $Suites) { $suite.Name }) }

Test-That 'Get-SchannelCipherSuite lists what is in force, in its order' {
    [void] (Use-Machine $windows)
    $suites = @(Get-SchannelCipherSuite)
    Assert-Equal 40 $suites.Count
    Assert-Equal @(0..39) @(foreach ($suite in $suites) { $suite.Position })
    Assert-Equal (Get-SchannelDheStatus).OfferedSuites (Get-NameList $suites)
    $first = $suites[0]
    Assert-Equal @('SchannelDhe.CipherSuite', 'Enumerated', $true, $false) @($first.PSTypeNames[0], $first.Layer, $first.IsKnown, $first.IsDhe)
    Assert-Equal 'ECDHE' $first.KeyExchange
}
Test-That 'Get-SchannelCipherSuite -DheOnly' {
    [void] (Use-Machine $windows)
    Assert-Equal (Get-SchannelDheStatus).DheSuites (Get-NameList (Get-SchannelCipherSuite -DheOnly))
}
Test-That 'Get-SchannelCipherSuite -Layer, for every layer' {
    [void] (Use-Machine $policy)
    Assert-Equal @('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'x') `
        (Get-NameList (Get-SchannelCipherSuite -Layer GroupPolicy))
    $unknown = @(Get-SchannelCipherSuite -Layer GroupPolicy)[2]
    Assert-Equal @($false, 0) @($unknown.IsKnown, $unknown.Protocols.Count)
    Assert-Equal 40 @(Get-SchannelCipherSuite -Layer Local).Count
    Assert-Equal 40 @(Get-SchannelCipherSuite -Layer WindowsDefault).Count
    Assert-Equal 0 @(Get-SchannelCipherSuite -Layer Mdm).Count
}
Test-That 'Get-SchannelCipherSuite takes names, wildcards and the pipeline, by value and by property' {
    [void] (Use-Machine $windows)
    Assert-Equal $dhe (Get-NameList (Get-SchannelCipherSuite -Name tls_dhe_rsa*GCM*))
    Assert-Equal $dhe (Get-NameList ('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', '*DHE_RSA_WITH_AES_128_GCM_SHA256' | Get-SchannelCipherSuite))
    Assert-Equal $dhe (Get-NameList ([pscustomobject]@{ Name = $dhe } | Get-SchannelCipherSuite))
    Assert-Equal $dhe (Get-NameList (Get-SchannelCipherSuite | Where-Object { $dhe -contains $_.Name } | Get-SchannelCipherSuite))
}
Test-That 'a name that the list does not hold is an error of its own, and hides nothing' {
    [void] (Use-Machine $windows)
    $found = @(Get-SchannelCipherSuite -Name nonsense, TLS_RSA_WITH_RC4_128_SHA, *nothing* -ErrorAction SilentlyContinue -ErrorVariable failures)
    Assert-Equal @('TLS_RSA_WITH_RC4_128_SHA') (Get-NameList $found)
    Assert-Equal @('CIPHER_SUITE_NOT_FOUND,Get-SchannelCipherSuite') @(foreach ($one in $failures) { $one.FullyQualifiedErrorId })
    Assert-Equal @('ObjectNotFound', 'nonsense') @([string] $failures[0].CategoryInfo.Category, $failures[0].TargetObject)
}
Test-That '1,000 names from the pipeline start one process' {
    $folder = Use-Machine $windows
    $names = @(foreach ($number in 1..1000) { if ($number % 2) { 'TLS_RSA_WITH_RC4_128_SHA' } else { '*GCM*' } })
    Assert-Equal 8 @($names | Get-SchannelCipherSuite).Count
    Assert-Equal 1 @([System.IO.File]::ReadAllLines("$folder/runs.txt")).Count
}
Test-That '1,000 objects go through the pipeline' {
    $suites = ConvertTo-Json -Compress -Depth 4 -InputObject @(foreach ($number in 0..999) { @{ name = "N$number"; position = $number; isDhe = $false; known = $null } })
    [void] (Use-Script "console.log(JSON.stringify({ kind: 'suite-list', outcome: 'nothing-to-do', suites: $suites }))")
    $all = @(Get-SchannelCipherSuite | ForEach-Object { $_ })
    Assert-Equal @(1000, 'N999') @($all.Count, $all[999].Name)
}

Test-That 'Get-SchannelDheStatus has the verdict, the layer and typed findings' {
    [void] (Use-Machine $windows)
    $status = Get-SchannelDheStatus
    Assert-Equal @('dhe-offered', $true, 'Local', 'SchannelDhe.Status') @($status.Verdict, $status.IsDheOffered, $status.GoverningLayer, $status.PSTypeNames[0])
    $finding = $status.Findings[0]
    Assert-Equal @('dhe-offered', 'error', 'SchannelDhe.Finding') @($finding.Id, $finding.Severity, $finding.PSTypeNames[0])
    Assert-Like '*TLS_DHE_RSA*' $finding.Message
    Assert-Equal $status.DheSuites @($finding.Data.suites)
}
foreach ($name in 'plain.reg', "it's [a] `$name & more.reg", ([string] [char] 0x8a2d + ' 100%.reg')) {
    Test-That "Get-SchannelDheStatus reads the export $name" {
        [void] (Use-Machine $windows)
        $file = [System.IO.Path]::Combine((New-Folder), $name)
        $export = @('Windows Registry Editor Version 5.00', '',
            '[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002]',
            ('"Functions"=hex(7):' + ((([System.Text.Encoding]::Unicode.GetBytes("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256`0`0") | ForEach-Object { $_.ToString('x2') }) -join ','))), '')
        [System.IO.File]::WriteAllText($file, ($export -join "`r`n"), [System.Text.Encoding]::Unicode)
        $status = Get-SchannelDheStatus -Path $file
        Assert-Equal @('dhe-offered', $file) @($status.Verdict, $status.Path)
        Assert-Equal $file ([pscustomobject]@{ FullName = $file } | Get-SchannelDheStatus).Path
        Assert-Equal $file ($file | Get-SchannelDheStatus).Path
    }
}
Test-That 'a file that is not there is an error with the library''s code' {
    $failure = Get-Failure { Get-SchannelDheStatus -Path "$Folder/nowhere.reg" -ErrorAction Stop }
    Assert-Equal @('FILE_ACCESS,Get-SchannelDheStatus', 'InvalidArgument') @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
    Assert-Like '*nowhere.reg*' $failure.Exception.Message
}

Test-That 'Test-SchannelDhe, and why' {
    [void] (Use-Machine $windows)
    Assert-Equal $false (Test-SchannelDhe)
    $result = Test-SchannelDhe -Detailed
    Assert-Equal @($false, 'Local', 'SchannelDhe.TestResult') @($result.IsPassed, $result.GoverningLayer, $result.PSTypeNames[0])
    Assert-Like '*DHE cipher suites are offered*' $result.Reason
    Disable-SchannelDhe -Force -WarningAction SilentlyContinue
    Assert-Equal $true (Test-SchannelDhe)
    Assert-Equal @($true, 0) @((Test-SchannelDhe -Detailed).IsPassed, (Test-SchannelDhe -Detailed).DheSuites.Count)
}

Test-That 'Disable-SchannelDhe -WhatIf changes nothing, and says what it would remove' {
    $folder = Use-Machine $windows
    $before = Get-NameList (Get-SchannelCipherSuite)
    $state = [System.IO.File]::ReadAllText("$folder/machine.json")
    $outcome = Disable-SchannelDhe -WhatIf -PassThru
    Assert-Equal @('would-change', $false, $null) @($outcome.Outcome, $outcome.IsChanged, $outcome.BackupId)
    Assert-Equal (Get-SchannelDheStatus).DheSuites $outcome.Suites
    Assert-Equal 'would-change' (Disable-SchannelDhe -WhatIf -Force -PassThru).Outcome
    Assert-Equal $before (Get-NameList (Get-SchannelCipherSuite))
    Assert-Equal $state ([System.IO.File]::ReadAllText("$folder/machine.json"))
}
foreach ($parameters in @{ Confirm = $false }, @{ Force = $true }) {
    Test-That "Disable-SchannelDhe -$(@($parameters.Keys)[0]) removes the DHE suites and keeps the order" {
        [void] (Use-Machine $windows)
        $kept = @(foreach ($suite in Get-SchannelCipherSuite) { if (-not $suite.IsDhe) { $suite.Name } })
        Disable-SchannelDhe @parameters -WarningAction SilentlyContinue -WarningVariable warnings
        Assert-Equal $kept (Get-NameList (Get-SchannelCipherSuite))
        Assert-Like '*Restart this computer*' $warnings[0]
        $again = Disable-SchannelDhe @parameters -PassThru -WarningVariable none
        Assert-Equal @('nothing-to-do', $false, $false, 0) @($again.Outcome, $again.IsChanged, $again.RestartAdvised, @($none).Count)
    }
}
Test-That 'Disable-SchannelDhe says nothing but what it is asked to' {
    [void] (Use-Machine $windows)
    Assert-Equal 0 @(Disable-SchannelDhe -Force -WarningAction SilentlyContinue).Count
}
Test-That 'under a policy it changes nothing, and the error carries the corrected text' {
    [void] (Use-Machine $policy)
    $outcome = Disable-SchannelDhe -Force -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures
    Assert-Equal @('GOVERNED_BY_POLICY,Disable-SchannelDhe', 'InvalidOperation') @($failures[0].FullyQualifiedErrorId, [string] $failures[0].CategoryInfo.Category)
    Assert-Like '*TLS_RSA_WITH_AES_128_CBC_SHA256,x*gpedit*' $failures[0].Exception.Message
    Assert-Equal @('governed-by-policy', 'GroupPolicy', 'TLS_RSA_WITH_AES_128_CBC_SHA256,x', $false) `
        @($outcome.Outcome, $outcome.GoverningLayer, $outcome.PolicyText, $outcome.IsChanged)
    Assert-Equal $outcome.PolicyText $failures[0].TargetObject.PolicyText
    $before = @(Get-SchannelCipherSuite -Layer Local).Count
    $outcome = Disable-SchannelDhe -LocalList -Force -PassThru -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
    Assert-Equal @('governed-by-policy', $true) @($outcome.Outcome, $outcome.IsChanged)
    Assert-Equal ($before - $outcome.Suites.Count) @(Get-SchannelCipherSuite -Layer Local).Count
}
Test-That 'the guard refuses, and -Strict refuses more' {
    [void] (Use-Machine $windows)
    $failure = Get-Failure { Disable-SchannelDhe -Strict -Force -ErrorAction Stop }
    Assert-Equal 'REFUSED,Disable-SchannelDhe' $failure.FullyQualifiedErrorId
    Assert-Equal 40 @(Get-SchannelCipherSuite).Count
}
Test-That 'without administrator rights nothing changes' {
    [void] (Use-Machine ($windows + '--not-elevated'))
    $failure = Get-Failure { Disable-SchannelDhe -Force -ErrorAction Stop }
    Assert-Equal @('NOT_ELEVATED,Disable-SchannelDhe', 'PermissionDenied') @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
    Assert-Equal 40 @(Get-SchannelCipherSuite).Count
}

Test-That 'a backup is listed and put back' {
    [void] (Use-Machine $windows)
    Assert-Equal 0 @(Get-SchannelCipherSuiteBackup).Count
    $before = Get-NameList (Get-SchannelCipherSuite)
    $outcome = Disable-SchannelDhe -Force -PassThru -WarningAction SilentlyContinue
    $backup = Get-SchannelCipherSuiteBackup
    Assert-Equal @($outcome.BackupId, 'Local', $false, 'SchannelDhe.Backup') @($backup.BackupId, $backup.GoverningLayer, $backup.IsDamaged, $backup.PSTypeNames[0])
    Assert-Equal @($before, $outcome.Suites) @($backup.Suites, $backup.RemovedSuites)
    Assert-Equal 'Utc' ([string] $backup.CreatedAt.Kind)
    Assert-Equal $null ($backup | Restore-SchannelCipherSuite -WhatIf -PassThru)
    Assert-Equal $true (Test-SchannelDhe)
    $restored = $backup | Restore-SchannelCipherSuite -Confirm:$false -PassThru -WarningAction SilentlyContinue
    Assert-Equal @('changed', $backup.BackupId) @($restored.Outcome, $restored.BackupId)
    Assert-Equal $before (Get-NameList (Get-SchannelCipherSuite))
    Assert-Equal 'nothing-to-do' (Restore-SchannelCipherSuite $backup.BackupId -Force -PassThru).Outcome
}
Test-That 'a backup that is not there' {
    [void] (Use-Machine $windows)
    $failure = Get-Failure { Restore-SchannelCipherSuite -BackupId nonsense -Force -ErrorAction Stop }
    Assert-Equal @('BACKUP_NOT_FOUND,Restore-SchannelCipherSuite', 'InvalidArgument') @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
}

$broken = "`"TLS_RSA_WITH_AES_128_CBC_SHA`"$([char] 0x3001) TLS_DHE_RSA_WITH_AES_128_CBC_SHA;`$(x)"
Test-That 'Repair-SchannelPolicyText answers with the text alone' {
    [void] (Use-Machine @())
    Assert-Equal 'TLS_RSA_WITH_AES_128_CBC_SHA,$(x)' ($broken | Repair-SchannelPolicyText)
    Assert-Equal 'TLS_RSA_WITH_AES_128_CBC_SHA;TLS_DHE_RSA_WITH_AES_128_CBC_SHA;$(x)' (Repair-SchannelPolicyText $broken -KeepDhe -Separator ';')
    Assert-Equal 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_256_CBC_SHA' `
        ('TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA' | Repair-SchannelPolicyText)
}
Test-That 'Repair-SchannelPolicyText -Detailed lists the faults, with what was found' {
    [void] (Use-Machine @())
    $result = Repair-SchannelPolicyText -Text $broken -Detailed
    Assert-Equal @('SchannelDhe.PolicyText', 'SchannelDhe.PolicyFault') @($result.PSTypeNames[0], $result.Faults[0].PSTypeNames[0])
    Assert-Equal @('TLS_DHE_RSA_WITH_AES_128_CBC_SHA') $result.RemovedSuites
    Assert-Equal 'quote' $result.Faults[0].Kind
    $full = @($result.Faults | Where-Object { $_.Kind -eq 'wrong-separator' })[0]
    Assert-Equal @([string] [char] 0x3001, 30, $false) @($full.Found, $full.Position, $result.IsTooLong)
    Assert-Equal $result.Text.Length $result.Length
}
Test-That 'a text that would leave nothing is refused' {
    [void] (Use-Machine @())
    $failure = Get-Failure { 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' | Repair-SchannelPolicyText -ErrorAction Stop }
    Assert-Equal 'REFUSED,Repair-SchannelPolicyText' $failure.FullyQualifiedErrorId
}
Test-That 'a text of 1 MB goes in, and a warning tells what is too long' {
    [void] (Use-Machine @())
    $names = @(foreach ($number in 1..30000) { 'TLS_RSA_WITH_AES_128_CBC_SHA_{0:d6}' -f $number })
    $text = $names -join ','
    Assert-Equal $true ($text.Length -gt 1MB)
    Assert-Equal $text ($text | Repair-SchannelPolicyText -WarningAction SilentlyContinue -WarningVariable warnings)
    Assert-Like '*1079999 characters*1023*' $warnings[0]
}

Test-That 'the language is that of the session' {
    Import-TestModule 'ja-JP'
    [void] (Use-Machine $windows)
    # "cipher", and "read".
    $cipher, $read = "*$([char] 0x6697)$([char] 0x53f7)*", "*$([char] 0x8aad)*"
    Assert-Like $cipher (Test-SchannelDhe -Detailed).Reason
    Assert-Like $cipher (Get-SchannelDheStatus).Findings[0].Message
    Assert-Like $read (Get-Failure { Get-SchannelDheStatus -Path nowhere -ErrorAction Stop }).Exception.Message
    Import-TestModule
}

# Only the host of these tests can be asked; -NonInteractive sessions of pwsh refuse to.
if ('PowerShellHost.Answers' -as [type]) {
    Test-That 'Disable-SchannelDhe asks, names the suites, and heeds the answer' {
        [void] (Use-Machine $windows)
        [PowerShellHost.Answers]::Enqueue('No')
        Assert-Equal 'would-change' (Disable-SchannelDhe -PassThru).Outcome
        Assert-Equal $false (Test-SchannelDhe)
        Assert-Like '*TLS_DHE_RSA_WITH_AES_256_GCM_SHA384*' ([PowerShellHost.Answers]::Asked[0])
        [PowerShellHost.Answers]::Enqueue('Yes')
        Assert-Equal 'changed' (Disable-SchannelDhe -PassThru -WarningAction SilentlyContinue).Outcome
        [PowerShellHost.Answers]::Enqueue('Yes')
        Assert-Equal 'changed' (Restore-SchannelCipherSuite -PassThru -WarningAction SilentlyContinue).Outcome
        Assert-Equal 3 ([PowerShellHost.Answers]::Asked.Count)
        Assert-Equal $false (Test-SchannelDhe)
    }
}

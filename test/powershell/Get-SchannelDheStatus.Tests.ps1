BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'Get-SchannelDheStatus' {
    BeforeAll {
        [void] (Use-Machine $Server2012R2)
    }
    It 'has the verdict, the layer and typed findings' {
        $status = Get-SchannelDheStatus
        $status.PSTypeNames[0], $status.Verdict, $status.GoverningLayer | Should -BeExactly 'SchannelDhe.Status', 'dhe-offered', 'Local'
        $status.IsDheOffered | Should -BeTrue
        $finding = $status.Findings[0]
        $finding.PSTypeNames[0], $finding.Id, $finding.Severity | Should -BeExactly 'SchannelDhe.Finding', 'dhe-offered', 'error'
        $finding.Message | Should -BeLikeExactly '*TLS_DHE_RSA*'
        $finding.Data.suites | Should -BeExactly $status.DheSuites
    }
    It 'reads the export <_>' -ForEach 'plain.reg', "it's [a] `$name & more.reg", ([string] [char] 0x8a2d + ' 100%.reg') {
        $file = [System.IO.Path]::Combine((New-Folder), $_)
        $bytes = [System.Text.Encoding]::Unicode.GetBytes("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256`0`0")
        [System.IO.File]::WriteAllLines($file, [string[]] @(
            'Windows Registry Editor Version 5.00', ''
            '[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002]'
            '"Functions"=hex(7):' + (@($bytes | ForEach-Object { $_.ToString('x2') }) -join ',')
        ), [System.Text.Encoding]::Unicode)
        $status = Get-SchannelDheStatus -LiteralPath $file
        $status.Verdict, $status.Path | Should -BeExactly 'dhe-offered', $file
        ([pscustomobject]@{ FullName = $file } | Get-SchannelDheStatus).Path | Should -BeExactly $file
        (Get-ChildItem -LiteralPath ([System.IO.Path]::GetDirectoryName($file)) | Get-SchannelDheStatus).Path | Should -BeExactly $file
    }
    It 'has the code of the library for a file that is not there' {
        $failure = { Get-SchannelDheStatus -Path "$TestDrive/nowhere.reg" -ErrorAction Stop } | Should -Throw '*nowhere.reg*' -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'FILE_ACCESS,Get-SchannelDheStatus', 'InvalidArgument'
    }
    It 'says what is wrong with a stored entry' {
        $folder = Use-Machine $Server2012R2
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        $machine = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$folder/machine.json"))
        foreach ($value in $machine.keys.values) {
            $stored = [System.Text.Encoding]::Unicode.GetString([System.Convert]::FromBase64String($value.data))
            if ($stored -like '*"kind":"change"*') { $value.data = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes('x')) }
        }
        [System.IO.File]::WriteAllText("$folder/machine.json", (ConvertTo-Json -InputObject $machine -Depth 9))
        $finding = (Get-SchannelDheStatus).Findings | Where-Object Id -eq 'stored-state-unreadable'
        $finding.Message | Should -BeLike '*(no JSON)*'
    }
    It 'speaks the language of the session' {
        Import-TestModule 'ja-JP'
        try {
            [void] (Use-Machine $Server2012R2)
            $cipher, $read = "$([char] 0x6697)$([char] 0x53f7)", [char] 0x8aad
            (Test-SchannelDhe -Detailed).Reason | Should -BeLikeExactly "*$cipher*"
            (Get-SchannelDheStatus).Findings[0].Message | Should -BeLikeExactly "*$cipher*"
            { Get-SchannelDheStatus -Path nowhere -ErrorAction Stop } | Should -Throw "*$read*"
        } finally {
            Import-TestModule
        }
    }
}

Describe 'Get-SchannelDheStatus -PolicySource' {
    BeforeAll {
        [void] (Use-Machine '--simulate', 'ws2022')
    }
    AfterEach {
        Remove-Item -Path 'function:global:Get-CimInstance'
    }
    It 'names the Group Policy object that won' {
        function global:Get-CimInstance([string] $Namespace, [string] $ClassName) {
            if ($Namespace -ne 'root\rsop\computer') { throw 'another namespace' }
            if ($ClassName -eq 'RSOP_GPO') {
                foreach ($number in 1, 2) { [pscustomobject]@{ id = "CN={$number},CN=Policies"; name = "Policy $number" } }
                return
            }
            $key = 'SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
            foreach ($row in @(2, 1, $key, 'Functions'), @(1, 2, $key, 'Functions'), @(1, 1, $key, 'EccCurves'), @(1, 1, 'SOFTWARE\X', 'Functions')) {
                [pscustomobject]@{ precedence = $row[0]; GPOID = "CN={$($row[1])},CN=Policies"; registryKey = $row[2]; valueName = $row[3]; deleted = $false }
            }
        }
        $source = (Get-SchannelDheStatus -PolicySource).PolicySource
        $source.PSTypeNames[0], $source.Name, $source.GpoId | Should -BeExactly 'SchannelDhe.PolicySource', 'Policy 2', 'CN={2},CN=Policies'
        $source.Precedence | Should -Be 1
        (Get-SchannelDheStatus).PolicySource | Should -BeNullOrEmpty
    }
    It 'has no source where nothing set it' {
        function global:Get-CimInstance { }
        (Get-SchannelDheStatus -PolicySource).PolicySource | Should -BeNullOrEmpty
    }
    It 'has an error where nobody can tell, and the status all the same' {
        function global:Get-CimInstance { throw 'Access denied' }
        $status = Get-SchannelDheStatus -PolicySource -ErrorAction SilentlyContinue -ErrorVariable failures
        $status.Verdict | Should -BeExactly 'dhe-offered'
        Get-ErrorFacts $failures[-1] | Should -BeExactly 'RSOP_NOT_AVAILABLE,Get-SchannelDheStatus', 'ResourceUnavailable'
    }
}

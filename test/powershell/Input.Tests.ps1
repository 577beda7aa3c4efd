# What goes in by the pipeline and by -Path.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    function New-Export([string] $File, [string] $Suite) {
        $bytes = [System.Text.Encoding]::Unicode.GetBytes("$Suite`0`0")
        [System.IO.File]::WriteAllLines($File, [string[]] @(
            'Windows Registry Editor Version 5.00', ''
            '[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002]'
            '"Functions"=hex(7):' + (@($bytes | ForEach-Object { $_.ToString('x2') }) -join ',')
        ), [System.Text.Encoding]::Unicode)
    }
}

Describe 'an empty pipeline' {
    It 'into <_> gives nothing, and starts nothing' -ForEach 'Get-SchannelCipherSuite', 'Repair-SchannelPolicyText', 'Get-SchannelDheStatus', 'Restore-SchannelCipherSuite -Force',
        'Invoke-SchannelDheProbe', 'Get-SchannelGroupPolicyFile', 'Get-SchannelDheEvidence' {
        $folder = Use-Machine '--simulate', 'ws2022'
        & ([scriptblock]::Create("@() | $_")) | Should -BeNullOrEmpty
        [System.IO.File]::Exists("$folder/runs.txt") | Should -BeFalse
    }
    It 'is not the pipeline that a function stands first in' {
        [void] (Use-Machine '--simulate', 'ws2022')
        @(Get-SchannelCipherSuite | ForEach-Object { $_ }).Count | Should -BeGreaterThan 10
        @(1 | ForEach-Object { Get-SchannelCipherSuite }).Count | Should -BeGreaterThan 10
    }
}

Describe '-Path' {
    BeforeAll {
        $exports = New-Folder
        New-Export "$exports/one.reg" 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'
        New-Export "$exports/two.reg" 'TLS_RSA_WITH_AES_128_CBC_SHA'
        New-Export "$exports/t[w]o.reg" 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'
        [System.IO.File]::WriteAllText("$exports/other.txt", 'no export')
    }
    BeforeEach {
        $folder = Use-Machine '--simulate', 'ws2022'
        Push-Location -LiteralPath $exports
    }
    AfterEach {
        Pop-Location
    }
    It 'takes several files and wildcards, in one process' {
        $found = @(Get-SchannelDheStatus -Path one.reg, 't*.reg')
        $found | ForEach-Object { [System.IO.Path]::GetFileName($_.Path) } | Should -BeExactly 'one.reg', 't[w]o.reg', 'two.reg'
        $found[0].Verdict | Should -BeExactly 'dhe-offered'
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
    }
    It 'takes files from Get-ChildItem literally, and texts with wildcards' {
        (Get-ChildItem -Filter *.reg | Get-SchannelDheStatus).Path | Should -HaveCount 3
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
        ('o*.reg' | Get-SchannelDheStatus).Path | Should -BeLike '*one.reg'
        (Get-SchannelDheStatus -LiteralPath 't[w]o.reg').Path | Should -BeLike '*t`[w`]o.reg'
        (Get-SchannelDheStatus -Path 't[w]o.reg').Path | Should -BeLike '*two.reg'
    }
    It 'gives each file that cannot be read its own error, and the others their status' {
        $found = @(Get-SchannelDheStatus -Path one.reg, other.txt, missing.reg, two.reg -ErrorAction SilentlyContinue -ErrorVariable failures)
        $found | Should -HaveCount 2
        $failures.FullyQualifiedErrorId | Should -BeExactly 'INVALID_INPUT,Get-SchannelDheStatus', 'FILE_ACCESS,Get-SchannelDheStatus'
        [System.IO.Path]::GetFileName($failures[0].TargetObject) | Should -BeExactly 'other.txt'
    }
    It 'that matches nothing gives nothing' {
        Get-SchannelDheStatus -Path 'x*.reg' | Should -BeNullOrEmpty
    }
    It 'of the provider of <_> is refused' -ForEach 'Env:PATH', 'Variable:PID', 'Function:*', 'Alias:a*' {
        $failure = { Get-SchannelDheStatus -Path $_ -ErrorAction Stop } | Should -Throw '*provider*file system*' -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'PATH_INVALID,Get-SchannelDheStatus', 'InvalidArgument'
        { Get-SchannelGroupPolicyFile -LiteralPath $_ -ErrorAction Stop } | Should -Throw -ErrorId 'PATH_INVALID,Get-SchannelGroupPolicyFile'
        [System.IO.File]::Exists("$folder/runs.txt") | Should -BeFalse
    }
    It 'of a registry drive is refused, where there is one' -Skip:([System.IO.Path]::DirectorySeparatorChar -eq '/') {
        { Get-SchannelDheStatus -Path 'HKLM:\SOFTWARE' -ErrorAction Stop } | Should -Throw -ErrorId 'PATH_INVALID,Get-SchannelDheStatus'
    }
    It 'is one of the current location, also where that is no file system' {
        Push-Location Env:
        try {
            { Get-SchannelDheStatus -Path one.reg -ErrorAction Stop } | Should -Throw -ErrorId 'PATH_INVALID,Get-SchannelDheStatus'
        } finally {
            Pop-Location
        }
    }
}

Describe 'other forms than a list' {
    BeforeAll {
        $field = "$PSScriptRoot/../fixtures/field/6-policy-text-takes-anything"
        $withDhe = 'a.reg', 'b.bat', 'c-get-tlsciphersuite.txt', 'd-reg-query.txt', 'e-lgpo.txt', 'g.PolicyRules', 'h-gpttmpl.inf', 'j-powershell-array.txt'
        [void] (Use-Machine @())
    }
    It 'are read by Get-SchannelDheStatus -Path' {
        $found = @($withDhe | ForEach-Object { "$field/$_" } | Get-SchannelDheStatus)
        $found.Count | Should -Be $withDhe.Count
        $found.Verdict | Select-Object -Unique | Should -BeExactly 'dhe-offered'
    }
    It 'are read by Repair-SchannelPolicyText' {
        $text = Get-Content "$field/d-reg-query.txt" | Repair-SchannelPolicyText
        $text | Should -BeLikeExactly 'TLS_*'
        $text | Should -Not -BeLike '*TLS_DHE_*'
        $text -split ',' | ForEach-Object { $_ | Should -MatchExactly '^TLS_[A-Z0-9_]+$' }
    }
}

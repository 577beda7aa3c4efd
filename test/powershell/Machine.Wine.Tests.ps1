# The packed module on a machine of its own: a real registry, the shipped addon, and scripts in a PowerShell of their own.
# Only for a Wine prefix, since it changes what Schannel is configured with.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $localKey = 'SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002'
    $policyKey = 'SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
    $system32 = [System.Environment]::GetFolderPath('System')
    $kept = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'
    $all = $kept[0], 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', $kept[1], 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', $kept[2]

    function Get-LocalList {
        (Get-ItemProperty -LiteralPath "HKLM:\$localKey").Functions
    }
    # One digest a hive, of every byte that reg.exe exports of it.
    function Get-RegistryDigest {
        foreach ($hive in 'SOFTWARE', 'SYSTEM') {
            $file = "$(New-Folder)\$hive.reg"
            & "$system32\reg.exe" export "HKLM\$hive" $file /y > $null
            $LASTEXITCODE | Should -Be 0
            $bytes = [System.IO.File]::ReadAllBytes($file)
            $bytes.Length | Should -BeGreaterThan 100KB
            [System.BitConverter]::ToString([System.Security.Cryptography.SHA256]::Create().ComputeHash($bytes))
        }
    }
    function Invoke-Script([string] $Text, [string[]] $Words = @()) {
        $file = "$(New-Folder)\harden.ps1"
        [System.IO.File]::WriteAllText($file, $Text)
        Invoke-PowerShell (@('-NonInteractive', '-File', $file) + $Words)
    }
    # A script that can be asked -WhatIf, and says nothing of it to what it calls.
    function Get-Script([string] $Body) {
        "[CmdletBinding(SupportsShouldProcess)] param()`r`nImport-Module -Name SchannelDhe`r`n$Body`r`n"
    }
    $modulePath = [System.Environment]::GetEnvironmentVariable('PSModulePath')
    [System.Environment]::SetEnvironmentVariable('PSModulePath', "$([System.IO.Path]::GetDirectoryName($PackedFolder));$modulePath")
}

AfterAll {
    [System.Environment]::SetEnvironmentVariable('PSModulePath', $modulePath)
}

Describe 'a machine that offers DHE' {
    BeforeEach {
        Remove-Item -LiteralPath "HKLM:\$policyKey", 'HKLM:\SOFTWARE\SchannelDhe' -Recurse -ErrorAction Ignore
        [void] (New-Item -Path "HKLM:\$localKey" -Force)
        [void] (New-ItemProperty -LiteralPath "HKLM:\$localKey" -Name Functions -PropertyType MultiString -Value $all -Force)
    }
    It 'keeps every byte of its registry when a script with -WhatIf calls Disable-SchannelDhe -Force' {
        $before = Get-RegistryDigest
        $ended = Invoke-Script (Get-Script 'Disable-SchannelDhe -Force') '-WhatIf'
        $ended.Output | Should -BeLikeExactly '*TLS_DHE_RSA_WITH_AES_128_GCM_SHA256*'
        $ended.ExitCode | Should -Be 0
        Get-RegistryDigest | Should -BeExactly $before
    }
    It 'loses the DHE suites without -WhatIf, and gets them back' {
        $ended = Invoke-Script (Get-Script '(Get-SchannelDheStatus).Verdict; Disable-SchannelDhe -Force; (Get-SchannelCipherSuite).Name')
        $ended.ExitCode | Should -Be 0
        $ended.Output -split '\r?\n' | Where-Object { $_ -match '^(TLS_|dhe-)' } | Should -BeExactly (@('dhe-offered') + $kept)
        Get-LocalList | Should -BeExactly $kept
        (Invoke-Script (Get-Script 'Restore-SchannelCipherSuite -Force')).ExitCode | Should -Be 0
        Get-LocalList | Should -BeExactly $all
    }
    It 'is left alone where a policy governs, and the script ends with 1' {
        [void] (New-Item -Path "HKLM:\$policyKey" -Force)
        [void] (New-ItemProperty -LiteralPath "HKLM:\$policyKey" -Name Functions -Value ($all -join ','))
        $ended = Invoke-Script (Get-Script '$ErrorActionPreference = "Stop"; Disable-SchannelDhe -Force')
        $ended.ExitCode | Should -Be 1
        $ended.ErrorText | Should -BeLikeExactly "*$($kept -join ',')*"
        Get-LocalList | Should -BeExactly $all
        Test-Path -LiteralPath 'HKLM:\SOFTWARE\SchannelDhe' | Should -BeFalse
    }
    It 'is served by the script of the README' {
        $ended = Invoke-Script (Get-ReadmeScript)
        $ended.ExitCode | Should -Be 0
        $ended.Output | Should -BeLikeExactly '*changed: 2 suites, backup 2*Z, restart advised: True*'
        Get-LocalList | Should -BeExactly $kept
    }
    It 'is served in Constrained Language Mode, where its policy trusts the module' {
        # This variable of the machine stands in for a policy of Windows, which trusts what lies below System32.
        $environmentKey = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
        $trusted = "$system32\WindowsPowerShell\v1.0\Modules\SchannelDhe"
        [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($trusted))
        Copy-Item -LiteralPath $PackedFolder -Destination $trusted -Recurse
        Set-ItemProperty -LiteralPath $environmentKey -Name __PSLockdownPolicy -Value '4'
        try {
            $ended = Invoke-PowerShell '-NonInteractive', '-Command',
                "`$ExecutionContext.SessionState.LanguageMode; Import-Module '$trusted'; Test-SchannelDhe; Disable-SchannelDhe -Force; Test-SchannelDhe"
            $ended.ErrorText | Should -BeNullOrEmpty
            $ended.Output -split '\r?\n' | Where-Object { $_ -in 'ConstrainedLanguage', 'True', 'False' } |
                Should -BeExactly 'ConstrainedLanguage', 'False', 'True'
            Get-LocalList | Should -BeExactly $kept
        } finally {
            Remove-ItemProperty -LiteralPath $environmentKey -Name __PSLockdownPolicy
            Remove-Item -LiteralPath $trusted -Recurse
        }
    }
}

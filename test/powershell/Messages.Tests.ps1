# Everything that is said names functions and parameters of PowerShell, never options of the command line.
BeforeDiscovery {
    . "$PSScriptRoot/support.ps1"
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $machine = '--simulate', 'win8.1-2012r2'
    function Get-Said([scriptblock] $Body) {
        $all = @(& $Body 2>&1 3>&1 4>&1)
        foreach ($one in $all) {
            if ($one -is [System.Management.Automation.ErrorRecord]) {
                $one.Exception.Message
                if ($null -ne $one.ErrorDetails) { $one.ErrorDetails.RecommendedAction }
            } elseif ($one -is [System.Management.Automation.WarningRecord] -or $one -is [System.Management.Automation.VerboseRecord]) { $one.Message }
            elseif ($one.PSObject.TypeNames[0] -like '*SchannelDhe.Status') { $one.Findings.Message }
            elseif ($one.PSObject.TypeNames[0] -like '*SchannelDhe.*') { $one | Format-List -Property * | Out-String -Width 4000 }
        }
    }
}

Describe 'the strings of <_>' -ForEach 'en-US', 'ja-JP' {
    It 'name no option of the command line' {
        $strings = Import-PowerShellDataFile -LiteralPath "$ModuleFolder/$_/SchannelDhe.Strings.psd1"
        foreach ($key in $strings.Keys) {
            $strings[$key] | Should -Not -Match '--' -Because $key
            $strings[$key] | Should -Not -MatchExactly 'schannel-dhe ' -Because $key
        }
    }
    It 'nor does the help' {
        foreach ($file in [System.IO.Directory]::GetFiles("$ModuleFolder/$_")) { if ($file -notlike '*.xml') { [System.IO.File]::ReadAllText($file) | Should -Not -Match '--' } }
    }
}

# Under Wine once, in the language whose code page matters: it starts the program fifty times, slowly.
Describe 'what is said in <_>' -ForEach $(if ([System.IO.Path]::DirectorySeparatorChar -eq '/') { 'en-US', 'ja-JP' } else { 'ja-JP' }) {
    BeforeAll {
        Import-TestModule $_
    }
    AfterAll {
        Import-TestModule
    }
    It 'at the end of every path names no option of the command line' {
        $ErrorActionPreference = 'Continue'
        $said = [System.Collections.Generic.List[string]]::new()
        function Add-Said([scriptblock] $Body) { foreach ($one in Get-Said $Body) { if ($null -ne $one) { $said.Add($one) } } }
        $policy = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA'
        # The true program at all its ends: on this system, under policies, refused, not elevated, drifted, undone.
        & (Get-Module SchannelDhe) { $script:Program = $null }
        if ([System.IO.Path]::DirectorySeparatorChar -eq '/') { Add-Said { Get-SchannelDheStatus } }
        foreach ($layer in 'policy', 'mdm') {
            [void] (Use-Machine ($machine + "--simulate-$layer" + $policy))
            Add-Said { Get-SchannelDheStatus }
            Add-Said { Disable-SchannelDhe -Force -PassThru -Verbose }
            Add-Said { Disable-SchannelDhe -LocalList -Force -PassThru -Verbose }
        }
        [void] (Use-Machine ($machine + '--simulate-policy' + ('TLS_RSA_WITH_AES_128_CBC_SHA,' * 60)))
        Add-Said { Disable-SchannelDhe -Force -PassThru }
        [void] (Use-Machine ($machine + '--not-elevated'))
        Add-Said { Disable-SchannelDhe -Force -PassThru; Restore-SchannelCipherSuite -Force }
        $folder = Use-Machine $machine
        Add-Said { Disable-SchannelDhe -Strict -Force -PassThru }
        Add-Said { Disable-SchannelDhe -WhatIf -PassThru -Verbose; Restore-SchannelCipherSuite -Force }
        Add-Said { Disable-SchannelDhe -Force -PassThru -Verbose; Get-SchannelDheStatus; Restore-SchannelCipherSuite -WhatIf -PassThru -Verbose; Test-SchannelDhe -Detailed }
        Add-Said { Restore-SchannelCipherSuite -BackupId x -Force }
        $text = [System.IO.File]::ReadAllText("$folder/machine.json")
        [System.IO.File]::WriteAllText("$folder/machine.json", ($text -replace '"TLS_RSA_WITH_RC4_128_MD5"', '"X"'))
        Add-Said { Restore-SchannelCipherSuite -Force -PassThru -Verbose }
        Add-Said { Restore-SchannelCipherSuite -IgnoreDrift -Force -PassThru -Verbose; Restore-SchannelCipherSuite -Force -PassThru -Verbose }
        # Inputs that are none.
        foreach ($content in 'junk', '{', '{}', '{"kind":"configuration"}', "Windows Registry Editor Version 5.00`r`n", "Windows Registry Editor Version 5.00`r`n[x`r`n") {
            $file = "$(New-Folder)/input"
            [System.IO.File]::WriteAllText($file, $content)
            Add-Said { Get-SchannelDheStatus -LiteralPath $file; Get-SchannelGroupPolicyFile -LiteralPath $file; Get-SchannelDheEvidence -LiteralPath $file }
        }
        Add-Said { Get-SchannelDheStatus -LiteralPath nowhere; Get-SchannelGroupPolicyFile (New-Folder); Invoke-SchannelDheProbe '[x'; Invoke-SchannelDheProbe 127.0.0.1 -Port 1 -TotalTimeoutSec 0.1 }
        Add-Said { 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' | Repair-SchannelPolicyText; ('TLS_RSA_WITH_AES_128_CBC_SHA_{0},' * 60) | Repair-SchannelPolicyText }
        # Ends of a change that no simulated machine comes to by itself.
        foreach ($kind in 'disable', 'restore') {
            foreach ($outcome in 'failed-undone', 'failed-undo-incomplete', 'busy', 'refused') {
                [void] (Use-Script "console.log(JSON.stringify({ kind: '$kind', outcome: '$outcome', plan: { verdict: 'nothing-to-do', steps: [], governingLayer: 'local', policy: null }, added: [], backupId: 'x', drift: { missing: [], unexpected: [], isReordered: true }, cause: 'c', message: '--message of the program' }))")
                if ($outcome -like '*incomplete') { Add-Said { if ($kind -eq 'disable') { Disable-SchannelDhe -Force } else { Restore-SchannelCipherSuite -Force } } }
            }
        }
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'status', outcome: 'nothing-to-do', verdict: 'unknown', governance: { layer: 'local', certain: true }, dheSuites: [], offered: [], windows: {}, findings: [{ id: 'interrupted-change', severity: 'error', data: { operation: 'disable', backupId: 'x' }, message: '--' }] }))")
        Add-Said { Get-SchannelDheStatus }
        $said.Count | Should -BeGreaterThan 60
        foreach ($one in $said) {
            $one | Should -Not -Match '(?<![-\w])--[a-z]'
            $one | Should -Not -MatchExactly 'schannel-dhe (status|disable|restore|policy|probe|suites|selfcheck)'
            $one | Should -Not -MatchExactly '"(disable|restore|policy|probe|status)[ "]'
        }
    }
}

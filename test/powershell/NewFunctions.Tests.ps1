# The functions that the command line has as probe, policy file, policy scan and selfcheck.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'Get-SchannelGroupPolicyFile' {
    BeforeAll {
        [void] (Use-Machine @())
        $backups = "$Repository/test/fixtures/gpo-backup"
        $pol = "$(New-Folder)/Registry.pol"
        # MS-GPREG 2.2.1: header, then [key;value;type;size;data] in UTF-16LE.
        $unicode = [System.Text.Encoding]::Unicode
        $data = $unicode.GetBytes("TLS_DHE_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_AES_128_CBC_SHA`0")
        $bytes = [byte[]] (0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0) +
            $unicode.GetBytes("[SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002`0;Functions`0;") +
            [System.BitConverter]::GetBytes(1) + $unicode.GetBytes(';') + [System.BitConverter]::GetBytes($data.Length) + $unicode.GetBytes(';') + $data + $unicode.GetBytes(']')
        [System.IO.File]::WriteAllBytes($pol, $bytes)
    }
    It 'judges a Registry.pol' {
        $file = Get-SchannelGroupPolicyFile $pol
        $file.PSTypeNames[0], $file.Kind, $file.Verdict, $file.Type | Should -BeExactly 'SchannelDhe.GroupPolicyFile', 'File', 'needs-repair', 'REG_SZ'
        $file.DheSuites | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'
        $file.CorrectedText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
    }
    It 'judges backups below a folder, together with files, in one process' {
        $folder = Use-Machine @()
        $all = @(Get-SchannelGroupPolicyFile $backups, $pol)
        $all.Kind | Should -BeExactly 'Backup', 'File'
        $all[0].Name | Should -BeLike 'DoD Windows 10*'
        $all[0].Verdict | Should -BeExactly 'not-set'
        [System.IO.Directory]::Exists($all[0].Path) | Should -BeTrue
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
    }
    It 'has an error for a folder without any, and for a file that is none' {
        { Get-SchannelGroupPolicyFile (New-Folder) -ErrorAction Stop } | Should -Throw -ErrorId 'GROUP_POLICY_NOT_FOUND,Get-SchannelGroupPolicyFile'
        $file = "$(New-Folder)/none.pol"
        [System.IO.File]::WriteAllText($file, 'x')
        { Get-SchannelGroupPolicyFile $file -ErrorAction Stop } | Should -Throw -ErrorId 'INVALID_INPUT,Get-SchannelGroupPolicyFile'
    }
}

Describe 'Test-SchannelDheSelfCheck' {
    It 'compares, and reads alone' {
        $folder = Use-Machine '--simulate', 'ws2022'
        $result = Test-SchannelDheSelfCheck
        $result.PSTypeNames[0] | Should -BeExactly 'SchannelDhe.SelfCheck'
        $result.IsPassed, $result.IsDeep | Should -BeExactly $true, $false
        $result.Checks.Count | Should -BeGreaterThan 2
        $result.Checks[0].PSTypeNames[0] | Should -BeExactly 'SchannelDhe.SelfCheckItem'
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -Not -BeLike '*--deep*'
    }
    It '-Deep asks first; -WhatIf changes nothing; -Force does it and puts everything back' {
        $folder = Use-Machine '--simulate', 'ws2022'
        $before = (Get-SchannelCipherSuite).Name
        { Test-SchannelDheSelfCheck -Deep } | Should -Throw -ErrorId 'CONFIRMATION_NEEDED,Test-SchannelDheSelfCheck'
        Test-SchannelDheSelfCheck -Deep -Force -WhatIf | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -Not -BeLike '*--deep*'
        $result = Test-SchannelDheSelfCheck -Deep -Force
        $result.IsDeep, $result.IsPassed | Should -BeExactly $true, $true
        (Get-SchannelCipherSuite).Name | Should -BeExactly $before
    }
    It 'that could not put everything back is an error too' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'selfcheck', outcome: 'failed-undo-incomplete', takenAt: '2026-01-01T00:00:00.000Z', deep: true, windows: {}, checks: [{ id: 'put-back', verdict: 'differs', expected: 'a', found: 'b' }] }))")
        $result = Test-SchannelDheSelfCheck -Deep -Force -ErrorAction SilentlyContinue -ErrorVariable failures
        $result.IsPassed | Should -BeFalse
        Get-ErrorFacts $failures[0] | Should -BeExactly 'FAILED_UNDO_INCOMPLETE,Test-SchannelDheSelfCheck', 'InvalidResult'
    }
}

Describe 'Invoke-SchannelDheProbe' {
    BeforeAll {
        # A server that this project did not write: Node's own TLS, on OpenSSL, with its own parameters (RFC 3526, 2048 bits).
        $server = New-Folder
        [System.IO.File]::WriteAllText("$server/server.js", @'
const { createServer } = require('node:tls');
const { readFileSync, writeFileSync } = require('node:fs');
const server = createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem'), ciphers: process.argv[2], maxVersion: 'TLSv1.2', dhparam: 'auto' }, (socket) => socket.on('error', () => {}));
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => writeFileSync('port.txt', String(server.address().port)));
'@)
        $hasOpenSsl = $null -ne (Get-Command openssl -CommandType Application -ErrorAction SilentlyContinue)
        [void] (Use-Machine @())
        function Start-Server([string] $Ciphers) {
            [System.IO.File]::Delete("$server/port.txt")
            $start = [System.Diagnostics.ProcessStartInfo]::new($Node, "server.js $Ciphers")
            $start.WorkingDirectory = $server
            $start.UseShellExecute = $false
            $process = [System.Diagnostics.Process]::Start($start)
            while (-not [System.IO.File]::Exists("$server/port.txt") -or [System.IO.File]::ReadAllText("$server/port.txt") -eq '') {
                if ($process.HasExited) { throw 'the server ended' }
                [System.Threading.Thread]::Sleep(20)
            }
            $process
        }
        if ($hasOpenSsl) {
            [void] (& openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout "$server/key.pem" -out "$server/cert.pem" 2>&1)
        }
    }
    It 'judges a real server: <Verdict>' -ForEach @(
        @{ Ciphers = 'DHE-RSA-AES128-GCM-SHA256'; Verdict = 'not-affected'; Affected = $false }
        @{ Ciphers = 'ECDHE-RSA-AES128-GCM-SHA256'; Verdict = 'no-dhe-offered'; Affected = $false }
    ) {
        if (-not $hasOpenSsl) {
            Set-ItResult -Skipped -Because 'openssl makes the certificate, and is not here'
            return
        }
        $process = Start-Server $Ciphers
        try {
            $port = [System.IO.File]::ReadAllText("$server/port.txt")
            $result = Invoke-SchannelDheProbe 127.0.0.1 -Port $port -TimeoutSec 60
            $result.PSTypeNames[0], $result.Verdict | Should -BeExactly 'SchannelDhe.ProbeResult', $Verdict
            $result.IsAffected | Should -BeExactly $Affected
            if ($Verdict -eq 'not-affected') { $result.CipherSuite | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' }
        } finally {
            if (-not $process.HasExited) { $process.Kill() }
        }
    }
    It 'probes many in one process; one that is not there is inconclusive, and no verdict' {
        $folder = Use-Machine @()
        $all = @('127.0.0.1', '[::1]', '::1' | Invoke-SchannelDheProbe -Port 1)
        $all | Should -HaveCount 3
        $all.Verdict | Select-Object -Unique | Should -BeExactly 'inconclusive'
        $all[0].IsAffected | Should -BeNullOrEmpty
        $all[0].Port | Should -Be 1
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
    }
    It 'takes computers by their properties, and has the protocol''s own port' {
        $all = @([pscustomobject]@{ DNSHostName = '127.0.0.1' } | Invoke-SchannelDheProbe -Protocol Tds -TimeoutSec 60)
        $all[0].Port | Should -Be 1433
        { Invoke-SchannelDheProbe '[x' -ErrorAction Stop } | Should -Throw -ErrorId 'INVALID_INPUT,Invoke-SchannelDheProbe'
    }
}

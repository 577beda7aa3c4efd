# What the session holds never steers the program.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $names = 'OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'SSL_CERT_FILE', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'NODE_V8_COVERAGE',
        'NODE_REDIRECT_WARNINGS', 'NODE_EXTRA_CA_CERTS', 'NODE_PATH', 'LD_PRELOAD_', 'PATHEXT', 'A_NAME_OF_TOMORROW', 'windir'
    function Invoke-With([hashtable] $Variables, [scriptblock] $Body) {
        $before = @{}
        foreach ($name in $Variables.Keys) {
            $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $Variables[$name])
        }
        try { & $Body } finally {
            foreach ($name in $before.Keys) { [System.Environment]::SetEnvironmentVariable($name, $before[$name]) }
        }
    }
}

Describe 'the environment of the program' {
    It 'is of the module''s own making, whatever the session holds' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'backups', outcome: 'nothing-to-do', backups: Object.entries(process.env).map(([name, value]) => ({ id: name + '=' + value, backup: null })) }))")
        $plain = @((Get-SchannelCipherSuiteBackup).BackupId)
        $variables = @{ PATH = [System.Environment]::GetEnvironmentVariable('PATH') + [System.IO.Path]::PathSeparator + [System.IO.Path]::GetTempPath(); TEMP = [System.IO.Path]::GetTempPath() }
        foreach ($name in $names) { $variables[$name] = 'planted' }
        $under = @(Invoke-With $variables { (Get-SchannelCipherSuiteBackup).BackupId })
        $under | Should -BeExactly $plain
        @($under | ForEach-Object { ($_ -split '=')[0] } | Where-Object { $_ -notin 'PATH', 'SystemRoot', 'windir', 'SystemDrive', 'TEMP', 'TMP' -and $_ -notlike 'WINE*' }) |
            Should -BeNullOrEmpty
    }
    It 'lets the true program work, where the session''s would end it: <_>' -ForEach @{ NODE_OPTIONS = '--require ./no-such-file.js' }, @{ OPENSSL_CONF = 'broken' } {
        $variables = $_.Clone()
        if ($variables.ContainsKey('OPENSSL_CONF')) {
            $variables.OPENSSL_CONF = "$(New-Folder)/openssl.cnf"
            [System.IO.File]::WriteAllText($variables.OPENSSL_CONF, "nodejs_conf = init`n[init]`nproviders = list`n[list]`nplanted = it`n[it]`nmodule = /no/such/module.so`nactivate = 1`n")
        }
        [void] (Use-Machine '--simulate', 'ws2022')
        # Without protection it ends: the stand-in of this test breaks the same way.
        Invoke-With $variables {
            $start = [System.Diagnostics.ProcessStartInfo]::new($Node, '-p "require(`node:crypto`).getFips()"')
            $start.RedirectStandardError = $start.RedirectStandardOutput = $true
            $start.UseShellExecute = $false
            $process = [System.Diagnostics.Process]::Start($start)
            $process.WaitForExit()
            $process.ExitCode | Should -Not -Be 0
            Test-SchannelDhe | Should -BeFalse
        }
    }
}

Describe 'a package.json above the module' {
    It 'says nothing about the program' {
        $top = New-Folder
        [System.IO.File]::WriteAllText("$top/package.json", '{"type":"module"}')
        $copy = "$top/SchannelDhe"
        foreach ($pair in @($ModuleFolder, $copy), @("$Repository/dist", "$copy/program/dist")) {
            foreach ($file in [System.IO.Directory]::GetFiles($pair[0], '*', 'AllDirectories')) {
                if ($file -like '*dist*types*') { continue }
                $target = $pair[1] + $file.Substring($pair[0].Length)
                [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
                [System.IO.File]::Copy($file, $target)
            }
        }
        Remove-Module SchannelDhe
        Import-Module "$copy/SchannelDhe.psd1"
        try {
            'TLS_RSA_WITH_AES_128_CBC_SHA,' | Repair-SchannelPolicyText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
        } finally {
            Remove-Module SchannelDhe
            Import-TestModule
        }
    }
}

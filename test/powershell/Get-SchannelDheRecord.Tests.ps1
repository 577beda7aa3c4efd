# The collector as engines run it: what it prints, and that it asks for nothing newer than PowerShell 2.0.
BeforeDiscovery {
    $hasRegistry = [System.IO.Path]::DirectorySeparatorChar -eq '\'
    $isWine = $hasRegistry -and (Test-Path -LiteralPath 'HKLM:\SOFTWARE\Wine', 'HKCU:\Software\Wine') -contains $true
    # Without these types the engine is as old as that, and parses nothing newer.
    $isNewer = $null -ne ('System.Management.Automation.Language.TernaryExpressionAst' -as [type])
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $Collector = "$Repository/scripts/fleet/Get-SchannelDheRecord.ps1"

    # What the collector prints, and what "status" makes of it and of an export of the same keys.
    function Read-Machine {
        $folder = New-Folder
        $run = Invoke-PowerShell '-File', $Collector
        $lines = @($run.Output.TrimEnd().Split("`n") | ForEach-Object { $_.TrimEnd() })
        [System.IO.File]::WriteAllLines("$folder/raw.txt", [string[]] $lines)
        $number = 0
        $files = foreach ($key in 'SOFTWARE\Policies', 'SOFTWARE\WOW6432Node', 'SYSTEM\CurrentControlSet\Control', 'SYSTEM\CurrentControlSet\Services\Tcpip\Parameters', 'SOFTWARE\Microsoft\Windows NT\CurrentVersion') {
            $number++
            $null = & "$env:SystemRoot\System32\reg.exe" export "HKLM\$key" "$folder\$number.reg" /y
            if ([System.IO.File]::Exists("$folder/$number.reg")) { "--from=$folder\$number.reg" }
        }
        $read = {
            param([string[]] $Words)
            $null = & $Node "$Repository/dist/cli.js" status @Words "--save=$folder\saved.json"
            $saved = [System.IO.File]::ReadAllText("$folder/saved.json") | ConvertFrom-Json
            $saved.PSObject.Properties.Remove('takenAt')
            $saved | ConvertTo-Json -Depth 10
        }
        [pscustomobject]@{ Run = $run; Lines = $lines; Raw = & $read "--from=$folder\raw.txt"; Export = & $read $files }
    }

    # What Windows PowerShell 2.0 cannot parse, or lacks.
    function Find-NewerSyntax([System.Management.Automation.Language.Ast] $Tree) {
        # Of version 2.0; what it calls besides is its own, or .NET 2.0's.
        $commands = 'ForEach-Object', 'New-Object', 'Split-Path'
        $own = $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object Name
        $kinds = 'ArrayExpressionAst', 'ArrayLiteralAst', 'AssignmentStatementAst', 'BinaryExpressionAst', 'CatchClauseAst',
            'CommandAst', 'CommandExpressionAst', 'CommandParameterAst', 'ConstantExpressionAst', 'ConvertExpressionAst',
            'ExpandableStringExpressionAst', 'ForEachStatementAst', 'ForStatementAst', 'FunctionDefinitionAst', 'IfStatementAst',
            'IndexExpressionAst', 'InvokeMemberExpressionAst', 'MemberExpressionAst', 'NamedBlockAst', 'ParamBlockAst',
            'ParameterAst', 'ParenExpressionAst', 'PipelineAst', 'ReturnStatementAst', 'ScriptBlockAst', 'StatementBlockAst',
            'StringConstantExpressionAst', 'SubExpressionAst', 'ThrowStatementAst', 'TryStatementAst', 'TypeConstraintAst',
            'TypeExpressionAst', 'UnaryExpressionAst', 'VariableExpressionAst', 'WhileStatementAst'
        $operators = 'Plus', 'Minus', 'Multiply', 'Divide', 'Equals', 'PlusEquals', 'Ieq', 'Ine', 'Igt', 'Ige', 'Ilt', 'Ile', 'And', 'Or', 'Not',
            'Icontains', 'Format', 'Is', 'DotDot', 'Comma', 'PostfixPlusPlus', 'Exclaim'
        foreach ($node in $Tree.FindAll({ $true }, $true)) {
            $type = $node.GetType().Name
            $text = $node.Extent.Text
            if ($kinds -notcontains $type) { "$type`: $text"; continue }
            if ($node.PSObject.Properties['Operator'] -and $operators -notcontains [string] $node.Operator) { $text }
            if ($node.PSObject.Properties['TokenKind'] -and $type -eq 'UnaryExpressionAst' -and $operators -notcontains [string] $node.TokenKind) { $text }
            if ($node.PSObject.Properties['NullConditional'] -and $node.NullConditional) { $text }
            if ($type -eq 'PipelineAst' -and $node.PSObject.Properties['Background'] -and $node.Background) { $text }
            # [type]::new() came with 5.0, [ordered] and [pscustomobject] with 3.0.
            if ($type -eq 'InvokeMemberExpressionAst' -and $node.Static -and [string] $node.Member -eq 'new') { $text }
            if ($type -eq 'TypeConstraintAst' -and 'ordered', 'pscustomobject' -contains $node.TypeName.Name) { $text }
            if ($type -eq 'ConstantExpressionAst' -and $text -match '[a-z]$') { $text }
            if ($type -eq 'VariableExpressionAst' -and 'PSItem', 'PSScriptRoot', 'PSCommandPath', 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR' -contains $node.VariablePath.UserPath) { $text }
            if ($type -eq 'CommandAst' -and $node.GetCommandName() -and ($commands + $own) -notcontains $node.GetCommandName()) { $text }
        }
    }
}

Describe 'the search for what is newer than 2.0' -Skip:(-not $isNewer) {
    It 'sees <_>' -ForEach '$a ? 1 : 2', 'x && y', '$a ?? 1', '${a}?.b', '$a -in $b', '[a]::new()', '[ordered] @{}', '[pscustomobject] @{}', '$a | ? b -eq 1',
        '$PSItem', '$PSScriptRoot', 'ConvertTo-Json 1', 'Get-CimInstance a', 'class A {}', '1 -shl 2', '$using:a', '$a.Where({ 1 })', 'data { 1 }' {
        Find-NewerSyntax ([System.Management.Automation.Language.Parser]::ParseInput($_, [ref] $null, [ref] $null)) | Should -Not -BeNullOrEmpty
    }
}

Describe 'Get-SchannelDheRecord.ps1' {
    It 'is for 2.0, in ASCII, with CRLF, in less than 200 lines, and runs no text' -Skip:(-not $isNewer) {
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($Collector, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        Find-NewerSyntax $tree | Should -BeNullOrEmpty
        $text = [System.IO.File]::ReadAllText($Collector)
        $text | Should -Not -Match '[^\x00-\x7f]'
        $text | Should -Not -Match '(?<!\r)\n'
        $text | Should -Not -Match 'Invoke-Expression|\biex\b'
        $text.Split("`n").Count | Should -BeLessThan 200
    }

    It 'reads every key that "status" reads' {
        $places = [System.IO.File]::ReadAllText("$Repository/lib/windows/registry-places.ts") + [System.IO.File]::ReadAllText("$Repository/lib/windows/schannel-keys.ts")
        $text = [System.IO.File]::ReadAllText($Collector).Replace('$control', 'SYSTEM\CurrentControlSet\Control').Replace('$policy', 'Policies\Microsoft\Cryptography\Configuration\SSL\00010002')
        $keys = [regex]::Matches($places, "'((?:SYSTEM|SOFTWARE)\\\\[^']+)'") | ForEach-Object { $_.Groups[1].Value.Replace('\\', '\') }
        # Its own records and the size of the event log are the tool's business; the exported keys lie above those that are read; of SCHANNEL all is read.
        $wanted = @($keys | Where-Object { $_ -notmatch 'SchannelDhe$|^SOFTWARE\\$|^SOFTWARE\\WOW6432Node\\$|\\KeyExchangeAlgorithms\\|Policies\\Microsoft$|Control\\Cryptography$|EventLog\\System$' })
        $wanted.Count | Should -BeGreaterThan 6
        foreach ($key in $wanted) { $text | Should -Match ([regex]::Escape($key) + "[`"']") }
    }

    It 'says as data what went wrong where there is no registry, and ends with 0' -Skip:$hasRegistry {
        $run = Invoke-PowerShell '-File', $Collector
        $run.ExitCode | Should -Be 0
        $run.ErrorText | Should -BeNullOrEmpty
        $lines = @($run.Output.TrimEnd().Split("`n"))
        $lines.Count | Should -Be 1
        $lines[0] | Should -Match '^[\x20-\x7e]{1,2048}$'
        $line = $lines[0] | ConvertFrom-Json
        $line.kind, $line.part, $line.parts, $line.data | Should -Be 'raw', 1, 1, $null
        $line.error | Should -Match 'Registry'
        $report = $lines[0] | & $Node "$Repository/dist/cli.js" report - --json | ConvertFrom-Json
        $LASTEXITCODE | Should -Be 2
        $report.summary.machines, $report.summary.unread.count | Should -Be 0, 1
        $report.summary.unread.first[0].message | Should -Match 'Registry'
    }
}

Describe 'Get-SchannelDheRecord.ps1 on a Windows' -Skip:(-not $hasRegistry) {
    It 'tells of its registry what "reg export" tells' {
        $read = Read-Machine
        $read.Run.ExitCode | Should -Be 0
        $read.Run.ErrorText | Should -BeNullOrEmpty
        foreach ($line in $read.Lines) { $line | Should -Match '^\{"schemaVersion":1,"kind":"raw",[\x20-\x7e]{1,2000}\}$' }
        $read.Raw | Should -Be $read.Export
        $configuration = $read.Raw | ConvertFrom-Json
        $configuration.host | Should -Not -BeNullOrEmpty
        $configuration.windows.build | Should -BeGreaterThan 7000
    }
}

# Here values are set, which is done to no real machine.
Describe 'Get-SchannelDheRecord.ps1 on a machine that was worked on' -Skip:(-not $isWine) {
    BeforeAll {
        $suites = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', ([string][char]0x6f22 + '"\'), ''
        $control = 'HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control'
        $ssl = 'Cryptography\Configuration\SSL\00010002'
        $set = { param($Key, $Name, $Value, $Kind) [Microsoft.Win32.Registry]::SetValue($Key, $Name, $Value, $Kind) }
        & $set "$control\Cryptography\Configuration\Local\SSL\00010002" 'Functions' ([string[]] ($suites[0..2] + (1..100 | ForEach-Object { [guid]::NewGuid().ToString() }) + $suites[3] + 'TLS_DHE_HIDDEN')) 'MultiString'
        & $set "$control\Cryptography\MDMPolicies\SSL" 'CipherSuites' 'TLS_AES_256_GCM_SHA384;%PATH%' 'ExpandString'
        & $set "HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\$ssl" 'functions' ($suites[0..1] -join ',') 'String'
        & $set "HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Policies\Microsoft\$ssl" 'Functions' $suites[0] 'String'
        & $set "$control\Lsa\FipsAlgorithmPolicy" 'Enabled' 0 'DWord'
        $schannel = "$control\SecurityProviders\SCHANNEL"
        & $set "$schannel\Protocols\TLS 1.0\Server" 'Enabled' ([int] -1) 'DWord'
        & $set "$schannel\Protocols\TLS 1.1\Client" 'DisabledByDefault' ([long] 1) 'QWord'
        & $set "$schannel\Ciphers\RC4 128/128" 'Enabled' ([byte[]] (0, 0, 0, 0)) 'Binary'
        & $set "$schannel\KeyExchangeAlgorithms\Diffie-Hellman" 'ServerMinKeyBitLength' 2048 'DWord'
        & $set $schannel ('a "quoted\ name' + [char]0x6f22) ([byte[]] @()) 'None'
    }
    # Other files of tests use the machine too.
    AfterAll {
        foreach ($place in @(
            @('SYSTEM\CurrentControlSet\Control\Cryptography', 'MDMPolicies'), @('SOFTWARE\Policies\Microsoft', 'Cryptography'),
            @('SOFTWARE\WOW6432Node\Policies\Microsoft', 'Cryptography'), @('SYSTEM\CurrentControlSet\Control\Lsa', 'FipsAlgorithmPolicy'),
            @('SYSTEM\CurrentControlSet\Control\SecurityProviders', 'SCHANNEL')
        )) {
            $parent = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey($place[0], $true)
            $parent.DeleteSubKeyTree($place[1], $false)
            $parent.Dispose()
        }
    }

    It 'tells of every type what "reg export" tells, and judges nothing' {
        $read = Read-Machine
        $read.Run.ErrorText | Should -BeNullOrEmpty
        $read.Lines.Count | Should -BeGreaterThan 1
        $read.Raw | Should -Be $read.Export
        $configuration = $read.Raw | ConvertFrom-Json
        foreach ($layer in 'groupPolicy', 'mdm', 'local') { $configuration.layers.$layer.status | Should -Be 'set' }
        $configuration.policyOrigins.Count | Should -Be 1
        $configuration.schannel.ciphers.'RC4 128/128' | Should -Be 'other-type'
        $configuration.diffieHellman.serverMinKeyBitLength | Should -Be 2048
    }
}

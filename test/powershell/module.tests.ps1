# The module as a whole: signatures, help, languages, exit codes, syntax, formats, completion, and a copy that stands alone.
param([string] $Folder, [string] $ExitTable, [string] $Standalone)
. "$PSScriptRoot/support.ps1"
Import-TestModule
$module = Get-Module SchannelDhe
$package = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$Repository/package.json"))
$scripts = @([System.IO.Directory]::GetFiles($ModuleFolder, '*.ps*1', 'AllDirectories') | Where-Object { $_ -notlike '*.ps1xml' })
$names = @($module.ExportedFunctions.Keys)
[Array]::Sort($names)

function Read-Syntax([string] $File) {
    $tokens, $errors = $null, $null
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref] $tokens, [ref] $errors)
    if ($errors.Count -gt 0) { throw "$File : $($errors[0].Message)" }
    $tree
}

Test-That 'exports its public functions and nothing else' {
    $files = @([System.IO.Directory]::GetFiles("$ModuleFolder/Public") | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) })
    [Array]::Sort($files)
    Assert-Equal $files $names
    Assert-Equal @(0, 0, 0) @($module.ExportedCmdlets.Count, $module.ExportedAliases.Count, $module.ExportedVariables.Count)
    Assert-Equal $package.version ([string] $module.Version)
}
$signatures = @{
    'Disable-SchannelDhe' = '[-LocalList] [-Strict] [-PassThru] [-Force] [-WhatIf] [-Confirm]'
    'Get-SchannelCipherSuite' = '[[-Name] <string[]>] [-Layer <string>] [-DheOnly]'
    'Get-SchannelCipherSuiteBackup' = ''
    'Get-SchannelDheStatus' = '[-PolicySource]', '[-Path] <string>'
    'Get-SchannelGroupPolicy' = '[[-Domain] <string>]'
    'Repair-SchannelGroupPolicy' = '-Guid <guid> [-Domain <string>] [-BackupPath <string>] [-PassThru] [-Force] [-WhatIf] [-Confirm]',
        '[-Name] <string> [-Domain <string>] [-BackupPath <string>] [-PassThru] [-Force] [-WhatIf] [-Confirm]'
    'Repair-SchannelPolicyText' = '[-Text] <string[]> [-Separator <string>] [-KeepDhe] [-Shorten] [-Detailed]'
    'Restore-SchannelCipherSuite' = '[[-BackupId] <string>] [-Force] [-PassThru] [-WhatIf] [-Confirm]'
    'Test-SchannelDhe' = '[-Detailed]'
}
foreach ($name in $names) {
    Test-That "$name has its signature" {
        $sets = @((Get-Command $name).ParameterSets | ForEach-Object { $_.ToString().Replace('[<CommonParameters>]', '').Trim() })
        [Array]::Sort($sets)
        $wanted = @($signatures[$name])
        [Array]::Sort($wanted)
        Assert-Equal $wanted $sets
    }
    Test-That "$name has help for every parameter, and examples" {
        $help = Get-Help $name
        Assert-Equal $true ($help.Synopsis.Length -gt 20 -and @($help.examples.example).Count -ge 1)
        foreach ($parameter in (Get-Command $name).Parameters.Values) {
            $isCommon = [System.Management.Automation.Cmdlet]::CommonParameters -contains $parameter.Name -or
                [System.Management.Automation.Cmdlet]::OptionalCommonParameters -contains $parameter.Name
            if ($isCommon) { continue }
            $told = @($help.parameters.parameter | Where-Object { $_.name -eq $parameter.Name })
            if ($told.Count -ne 1 -or $told[0].description[0].Text -eq '') { throw "$($parameter.Name) is not told" }
        }
    }
}
Test-That 'the Japanese help has the same functions and parameters' {
    $help = [xml] [System.IO.File]::ReadAllText("$ModuleFolder/ja-JP/SchannelDhe-help.xml")
    $told = @{}
    foreach ($command in $help.GetElementsByTagName('command:command')) {
        $parameters = $command.GetElementsByTagName('command:parameters')[0].GetElementsByTagName('maml:name')
        $told[$command.GetElementsByTagName('command:name')[0].InnerText] = @($parameters | Where-Object { $_.ParentNode.LocalName -eq 'parameter' } | ForEach-Object { $_.InnerText })
    }
    Assert-Equal $names.Count $told.Count
    foreach ($name in $names) {
        $common = @([System.Management.Automation.Cmdlet]::CommonParameters)
        $actual = @((Get-Command $name).Parameters.Keys | Where-Object { $common -notcontains $_ })
        [Array]::Sort($actual)
        $listed = @($told[$name])
        [Array]::Sort($listed)
        Assert-Equal $actual $listed
    }
}
Test-That 'a Japanese session gets the Japanese help' {
    Import-TestModule 'ja-JP'
    try {
        Assert-Like "*$([char] 0x53d6)$([char] 0x308a)*" (Get-Help Disable-SchannelDhe).Synopsis
        Assert-Like "*$([char] 0x6982)$([char] 0x8981)*" ([string] (Get-Help about_SchannelDhe))
    } finally {
        Import-TestModule
    }
}
Test-That 'both languages have the same sentences with the same places, and every one is used' {
    $english, $japanese = foreach ($culture in 'en-US', 'ja-JP') {
        (Read-Syntax "$ModuleFolder/$culture/SchannelDhe.Strings.psd1").Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
    }
    Assert-Equal $english.Count $japanese.Count
    $code = @($scripts | ForEach-Object { [System.IO.File]::ReadAllText($_) }) -join "`n"
    foreach ($key in $english.Keys) {
        $places = foreach ($text in $english[$key], $japanese[$key]) { (@([regex]::Matches($text, '\{\d\}') | ForEach-Object { $_.Value } | Where-Object { $_ }) -join ' ').Split(' ').Where({ $_ }).Count }
        if ($places[0] -ne $places[1] -or $code -notlike "*Strings.$key*") { throw "$key : $places" }
    }
    foreach ($use in [regex]::Matches($code, 'Strings\.([A-Z]\w+)')) {
        $key = $use.Groups[1].Value
        if ($key -ne 'psd1' -and -not $english.ContainsKey($key)) { throw "no sentence $key" }
    }
}
Test-That 'the exit codes are those of the program' {
    $expected = @{}
    foreach ($row in (ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($ExitTable))).PSObject.Properties) {
        $expected[$row.Name] = [int] $row.Value[0]
    }
    $known = & $module { $script:ExitCodes }
    $found = 0
    foreach ($code in $known.Keys) {
        foreach ($outcome in $known[$code].Outcome) { Assert-Equal $expected[$outcome] $code; $found++ }
    }
    Assert-Equal $expected.Count $found
}

# What Windows PowerShell 5.1 cannot parse, or lacks. Without these types the engine is as old as that and parses nothing newer.
function Find-NewSyntax($Tree) {
    foreach ($node in $Tree.FindAll({ $true }, $true)) {
        $type = $node.GetType().Name
        $text = $node.Extent.Text
        if ($type -eq 'TernaryExpressionAst' -or $type -eq 'PipelineChainAst') { $text }
        if ($type -eq 'BinaryExpressionAst' -and [string] $node.Operator -eq 'QuestionQuestion') { $text }
        if ($type -eq 'AssignmentStatementAst' -and [string] $node.Operator -eq 'QuestionQuestionEquals') { $text }
        if ('MemberExpressionAst', 'InvokeMemberExpressionAst', 'IndexExpressionAst' -contains $type -and $node.PSObject.Properties['NullConditional'] -and $node.NullConditional) { $text }
        if ($type -eq 'PipelineAst' -and $node.PSObject.Properties['Background'] -and $node.Background) { $text }
        if ($type -eq 'ScriptBlockAst' -and $node.PSObject.Properties['CleanBlock'] -and $node.CleanBlock) { $text }
        if ($type -eq 'CommandParameterAst' -and $node.ParameterName -eq 'Parallel') { $text }
        if ($type -eq 'ConstantExpressionAst' -and $text -match '^\d+(\.\d+)?(y|uy|s|us|u|ul|n)$') { $text }
        if ($type -eq 'VariableExpressionAst' -and 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR', 'PSStyle' -contains $node.VariablePath.UserPath) { $text }
    }
}
if ('System.Management.Automation.Language.TernaryExpressionAst' -as [type]) {
    foreach ($newer in '$a ? 1 : 2', 'x && y', '$a ?? 1', '$a ??= 1', '${a}?.b', '${a}?[0]', 'x &', 'function f { clean { 1 } }', '1 | ForEach-Object -Parallel { 1 }', '1uy', '$IsWindows') {
        Test-That "the check sees what is newer than 5.1: $newer" {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($newer, [ref] $null, [ref] $null)
            if (@(Find-NewSyntax $tree).Count -eq 0) { throw 'not seen' }
        }
    }
}
foreach ($file in $scripts) {
    Test-That "$([System.IO.Path]::GetFileName($file)) is for 5.1, in ASCII or with a byte order mark" {
        $newer = @(Find-NewSyntax (Read-Syntax $file))
        if ($newer.Count -gt 0) { throw $newer[0] }
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $hasMark = $bytes[0] -eq 0xef -and $bytes[1] -eq 0xbb -and $bytes[2] -eq 0xbf
        if (-not $hasMark -and @($bytes | Where-Object { $_ -gt 127 }).Count -gt 0) { throw 'not ASCII' }
        if ([System.IO.File]::ReadAllText($file) -match 'Invoke-Expression|\biex\b') { throw 'runs a text' }
    }
}

function Get-Completion([string] $Line) {
    , @([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | ForEach-Object { $_.CompletionText })
}
Test-That 'names, layers and backups complete' {
    [void] (Use-Machine '--simulate', 'ws2022')
    Assert-Equal @('Enumerated', 'GroupPolicy', 'Local', 'Mdm', 'WindowsDefault') (Get-Completion 'Get-SchannelCipherSuite -Layer ')
    Assert-Equal @('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256') (Get-Completion 'Get-SchannelCipherSuite -Name TLS_DHE_RSA_WITH_AES_128_G')
    Disable-SchannelDhe -Force -WarningAction SilentlyContinue
    Assert-Equal @((Get-SchannelCipherSuiteBackup).BackupId) (Get-Completion 'Restore-SchannelCipherSuite -BackupId ')
}
Test-That 'every object has a view' {
    $views = @(([xml] [System.IO.File]::ReadAllText("$ModuleFolder/SchannelDhe.format.ps1xml")).Configuration.ViewDefinitions.View | ForEach-Object { $_.ViewSelectedBy.TypeName })
    foreach ($type in 'CipherSuite', 'Status', 'Finding', 'Backup', 'PolicyFault', 'GroupPolicy') {
        if ($views -notcontains "SchannelDhe.$type") { throw $type }
    }
}
foreach ($name in 'plain', "it's [a] `$folder & more") {
    Test-That "a copy that stands alone works in the folder $name" {
        $copy = [System.IO.Path]::Combine((New-Folder), $name, 'SchannelDhe')
        foreach ($file in [System.IO.Directory]::GetFiles($Standalone, '*', 'AllDirectories')) {
            $target = $copy + $file.Substring($Standalone.Length)
            [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
            [System.IO.File]::Copy($file, $target)
        }
        Remove-Module SchannelDhe
        Import-Module ([System.Management.Automation.WildcardPattern]::Escape("$copy/SchannelDhe.psd1"))
        try {
            Assert-Equal $copy ([System.IO.Path]::GetDirectoryName((Get-Module SchannelDhe).Path))
            Assert-Equal 'TLS_RSA_WITH_AES_128_CBC_SHA' ('TLS_RSA_WITH_AES_128_CBC_SHA,' | Repair-SchannelPolicyText)
            Assert-Equal $true ([System.IO.File]::Exists("$copy/program/prebuilds/win32-x64/schannel_dhe.node"))
        } finally {
            Remove-Module SchannelDhe
            Import-TestModule
        }
    }
}

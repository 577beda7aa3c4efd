# Every script that ships is for Windows PowerShell 5.1; those of the module as they lie here and as they are packed.
BeforeDiscovery {
    . "$PSScriptRoot/support.ps1"
    $files = foreach ($folder in $ModuleFolder, $PackedFolder, "$Repository/scripts/fleet") {
        [System.IO.Directory]::GetFiles($folder, '*.ps*1', 'AllDirectories') | Where-Object { $_ -match '\.ps(m|d)?1$' } |
            ForEach-Object { @{ File = $_; Name = [System.IO.Path]::GetFileName($folder) + $_.Substring($folder.Length) } }
    }
    # Without these types the engine is as old as that, and parses nothing newer.
    $isNewer = $null -ne ('System.Management.Automation.Language.TernaryExpressionAst' -as [type])
}
BeforeAll {
    # What Windows PowerShell 5.1 cannot parse, or lacks.
    function Find-NewSyntax([System.Management.Automation.Language.Ast] $Tree) {
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
}

Describe 'the search for what is newer than 5.1' -Skip:(-not $isNewer) {
    It 'sees <_>' -ForEach '$a ? 1 : 2', 'x && y', '$a ?? 1', '$a ??= 1', '${a}?.b', '${a}?[0]', 'x &', 'function f { clean { 1 } }', '1 | ForEach-Object -Parallel { 1 }', '1uy', '$IsWindows' {
        Find-NewSyntax ([System.Management.Automation.Language.Parser]::ParseInput($_, [ref] $null, [ref] $null)) | Should -Not -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $files {
    It 'is for 5.1, in ASCII or with a byte order mark' {
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        Find-NewSyntax $tree | Should -BeNullOrEmpty
        $bytes = [System.IO.File]::ReadAllBytes($File)
        $hasMark = $bytes[0] -eq 0xef -and $bytes[1] -eq 0xbb -and $bytes[2] -eq 0xbf
        if (-not $hasMark) { [System.IO.File]::ReadAllText($File) | Should -Not -Match '[^\x00-\x7f]' }
    }
    It 'runs no text' {
        [System.IO.File]::ReadAllText($File) | Should -Not -Match 'Invoke-Expression|\biex\b'
    }
}

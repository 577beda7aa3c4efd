# What a caller set for itself holds for the functions too.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $windows = '--simulate', 'win8.1-2012r2'
    # A script of the caller's own, as an administrator keeps one.
    function New-Script([string] $Text) {
        $file = "$(New-Folder)/script.ps1"
        [System.IO.File]::WriteAllText($file, $Text)
        $file
    }
}

Describe 'the -WhatIf of a script' {
    It 'changes nothing, even with -Force' {
        $folder = Use-Machine $windows
        [void] (Get-SchannelDheStatus)
        $before = [System.IO.File]::ReadAllText("$folder/machine.json")
        $script = New-Script '[CmdletBinding(SupportsShouldProcess)] param() Disable-SchannelDhe -Force; Disable-SchannelDhe -Confirm:$false; Restore-SchannelCipherSuite -Force -ErrorAction SilentlyContinue'
        & $script -WhatIf
        [System.IO.File]::ReadAllText("$folder/machine.json") | Should -BeExactly $before
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -Not -BeLike '*disable --yes*'
        & $script -WarningAction SilentlyContinue
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -BeLike '*disable --yes*restore --*'
    }
    It 'reaches a function that a function calls' {
        $folder = Use-Machine $windows
        function Invoke-Hardening { [CmdletBinding(SupportsShouldProcess)] param() Disable-SchannelDhe -Force }
        Invoke-Hardening -WhatIf
        Test-SchannelDhe | Should -BeFalse
    }
    It 'gives way to -WhatIf:$false' {
        [void] (Use-Machine $windows)
        $WhatIfPreference = $true
        Disable-SchannelDhe -Force -WhatIf:$false -WarningAction SilentlyContinue
        $WhatIfPreference = $false
        Test-SchannelDhe | Should -BeTrue
    }
}

Describe 'the other preferences of a caller' {
    It 'ConfirmPreference None asks nothing' {
        [void] (Use-Machine $windows)
        & (New-Script '$ConfirmPreference = "None"; $WarningPreference = "SilentlyContinue"; Disable-SchannelDhe') | Should -BeNullOrEmpty
        Test-SchannelDhe | Should -BeTrue
    }
    It 'ErrorActionPreference Stop ends the script, and SilentlyContinue says nothing' {
        [void] (Use-Machine ($windows + '--simulate-policy' + 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA'))
        $failure = { & (New-Script '$ErrorActionPreference = "Stop"; Disable-SchannelDhe -Force; "went on"') } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeExactly 'GOVERNED_BY_POLICY,Disable-SchannelDhe'
        $all = @(& (New-Script '$ErrorActionPreference = "SilentlyContinue"; Disable-SchannelDhe -Force; "went on"') 2>&1)
        $all | Should -BeExactly 'went on'
    }
    It 'WarningPreference and VerbosePreference' {
        [void] (Use-Machine $windows)
        $all = @(& (New-Script '$WarningPreference = "SilentlyContinue"; $VerbosePreference = "Continue"; Disable-SchannelDhe -Force') 3>&1 4>&1)
        @($all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }) | Should -HaveCount 0
        @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like 'DHE cipher suites removed: 9;*' }) | Should -HaveCount 1
    }
    It 'all seven, each unless it was passed' {
        $module = Get-Module SchannelDhe
        & $module {
            function script:Get-Preferences {
                [CmdletBinding(SupportsShouldProcess)] param()
                Use-CallerPreference $PSCmdlet
                [string[]] ($WhatIfPreference, $ConfirmPreference, $ErrorActionPreference, $VerbosePreference, $WarningPreference, $InformationPreference, $ProgressPreference)
            }
        }
        # As a command of the caller: through the module's own scope, it would be its own caller.
        $function = & $module { Get-Command Get-Preferences }
        $WhatIfPreference, $ConfirmPreference, $ErrorActionPreference, $VerbosePreference, $WarningPreference, $InformationPreference, $ProgressPreference =
            $true, 'Low', 'SilentlyContinue', 'Continue', 'Ignore', 'Continue', 'SilentlyContinue'
        $found = & $function
        $passed = & $function -WhatIf:$false -ErrorAction Stop -Verbose:$false
        $WhatIfPreference = $false
        $found | Should -BeExactly 'True', 'Low', 'SilentlyContinue', 'Continue', 'Ignore', 'Continue', 'SilentlyContinue'
        $passed[0, 2, 3] | Should -BeExactly 'False', 'Stop', 'SilentlyContinue'
    }
    It 'are taken over by every public function, within a try that ends in one error' {
        foreach ($file in [System.IO.Directory]::GetFiles("$ModuleFolder/Public", '*.ps1')) {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
            $body = $tree.Find({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $false).Body
            $text = $body.Extent.Text
            $text | Should -BeLike '*Use-CallerPreference $PSCmdlet*' -Because $file
            foreach ($block in @($body.BeginBlock, $body.ProcessBlock, $body.EndBlock | Where-Object { $null -ne $_ })) {
                $calls = @($block.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true))
                foreach ($call in $calls) {
                    $parent = $call
                    while ($null -ne $parent -and $parent -isnot [System.Management.Automation.Language.TryStatementAst]) { $parent = $parent.Parent }
                    $isOutermostCatch = "$call" -eq 'Stop-Command $PSCmdlet $_'
                    ($null -ne $parent -or $isOutermostCatch) | Should -BeTrue -Because "$call in $file stands outside of a try"
                }
                if ($calls.Count -gt 0) { "$block" | Should -BeLike '*Stop-Command $PSCmdlet $_*' -Because $file }
            }
        }
    }
}

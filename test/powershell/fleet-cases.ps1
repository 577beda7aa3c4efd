# What holds for the scripts of scripts/fleet on every machine; dot-sourced where there is one: Set-Machine gives it a state,
# Get-MachineState tells all of it, and $ProgramWords are what the scripts are told of the program.
BeforeAll {
    $scripts = "$Repository/scripts/fleet"
    $policy = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'
    # One run as an engine starts it. Whatever the end, it prints ASCII, and its last line is short.
    function Invoke-FleetScript([string] $Name, [string[]] $Words = @()) {
        $ended = Invoke-PowerShell (@('-NonInteractive', '-File', "$scripts/$Name.ps1") + $ProgramWords + $Words)
        $ended.Output | Should -Match '^[\x20-\x7e]*\r?\n?$' -Because 'it is one line of ASCII'
        $ended.Output.Length | Should -BeLessThan 2048
        [pscustomobject]@{ ExitCode = $ended.ExitCode; Line = $ended.Output.Trim(); ErrorText = $ended.ErrorText }
    }
    function Invoke-IntuneScript([string] $Name, [string[]] $Words = @()) {
        $ended = Invoke-FleetScript "intune/$Name" $Words
        $ended.ErrorText | Should -BeNullOrEmpty
        [pscustomobject]@{ ExitCode = $ended.ExitCode; Told = ConvertFrom-Json -InputObject $ended.Line }
    }
    # As win_powershell does it: the script is called in the same process, with $Ansible.
    function Invoke-AnsibleScript([switch] $WhatIf, [hashtable] $Parameters = @{}) {
        $Ansible = [pscustomobject]@{ Changed = $true; Diff = @{}; Failed = $false; Result = $null; CheckMode = [bool] $WhatIf }
        $own = @{ Program = if ($ProgramWords) { $ProgramWords[1] } else { '' } }
        & "$scripts/ansible/roles/schannel_dhe/files/Set-SchannelDhe.ps1" @own @Parameters -WhatIf:$WhatIf 6> $null
        $Ansible
    }
}

Describe 'Intune' {
    It 'remediates a machine that offers DHE, once' {
        Set-Machine
        $found = Invoke-IntuneScript Detect-SchannelDhe
        $found.ExitCode, $found.Told.verdict, $found.Told.governedBy | Should -BeExactly 1, 'dhe-offered', 'local'
        $found.Told.dheSuites | Should -BeGreaterThan 0
        $done = Invoke-IntuneScript Remediate-SchannelDhe
        $done.ExitCode, $done.Told.outcome, $done.Told.restartAdvised | Should -BeExactly 0, 'changed', $true
        $found = Invoke-IntuneScript Detect-SchannelDhe
        $found.ExitCode, $found.Told.verdict, $found.Told.dheSuites | Should -BeExactly 0, 'no-dhe-offered', 0
        $before = Get-MachineState
        $again = Invoke-IntuneScript Remediate-SchannelDhe
        $again.ExitCode, $again.Told.outcome, $again.Told.restartAdvised | Should -BeExactly 0, 'nothing-to-do', $false
        Get-MachineState | Should -BeExactly $before
    }
    It 'is told of the policy that sets the list, which stays as it is' {
        Set-Machine $policy
        $before = Get-MachineState
        $found = Invoke-IntuneScript Detect-SchannelDhe
        $found.ExitCode, $found.Told.governedBy | Should -BeExactly 1, 'groupPolicy'
        $done = Invoke-IntuneScript Remediate-SchannelDhe
        $done.ExitCode, $done.Told.outcome | Should -BeExactly 1, 'governed-by-policy'
        $done.Told.message | Should -BeLikeExactly 'Group Policy sets the list*'
        Get-MachineState | Should -BeExactly $before
    }
    It 'is only told with -ReportOnly' {
        Set-Machine
        $before = Get-MachineState
        $found = Invoke-IntuneScript Detect-SchannelDhe '-ReportOnly'
        $found.ExitCode, $found.Told.verdict | Should -BeExactly 0, 'dhe-offered'
        $done = Invoke-IntuneScript Remediate-SchannelDhe '-ReportOnly'
        $done.ExitCode, $done.Told.outcome | Should -BeExactly 0, 'done'
        Get-MachineState | Should -BeExactly $before
    }
}

Describe 'Configuration Manager' {
    It 'discovers one value, and remediates once' {
        Set-Machine
        $found = Invoke-FleetScript configuration-manager/Discover-SchannelDhe
        $found.Line | Should -Match '^DHE offered: \d+, set by local$'
        $found.ErrorText | Should -BeNullOrEmpty
        $done = Invoke-FleetScript configuration-manager/Remediate-SchannelDhe
        $done.ExitCode, $done.ErrorText | Should -BeExactly 0, ''
        $found = Invoke-FleetScript configuration-manager/Discover-SchannelDhe
        $found.Line, $found.ErrorText | Should -BeExactly 'Compliant', ''
        $before = Get-MachineState
        (Invoke-FleetScript configuration-manager/Remediate-SchannelDhe).ExitCode | Should -Be 0
        Get-MachineState | Should -BeExactly $before
    }
    It 'is thrown the sentence of a policy, and told with -ReportOnly' {
        Set-Machine $policy
        $before = Get-MachineState
        (Invoke-FleetScript configuration-manager/Discover-SchannelDhe).Line | Should -BeExactly 'DHE offered: 1, set by groupPolicy'
        $done = Invoke-FleetScript configuration-manager/Remediate-SchannelDhe
        $done.ExitCode, $done.Line | Should -BeExactly 1, ''
        $done.ErrorText | Should -BeLikeExactly '*Group Policy sets the list*'
        $told = Invoke-FleetScript configuration-manager/Remediate-SchannelDhe '-ReportOnly'
        $told.ExitCode, $told.ErrorText | Should -BeExactly 0, ''
        $told.Line | Should -BeLikeExactly '*governed-by-policy*'
        Get-MachineState | Should -BeExactly $before
    }
}

Describe 'Ansible' {
    It 'says in check mode what the run then does, once' {
        Set-Machine
        $before = Get-MachineState
        $checked = Invoke-AnsibleScript -WhatIf
        $checked.Changed, $checked.Failed | Should -BeExactly $true, $false
        $checked.Diff.before | Should -BeLikeExactly '*TLS_DHE_RSA*'
        $checked.Diff.after | Should -Not -BeLike '*TLS_DHE_RSA*'
        Get-MachineState | Should -BeExactly $before
        $done = Invoke-AnsibleScript
        $done.Changed, $done.Result.restartAdvised | Should -BeExactly $true, $true
        $done.Diff.after | Should -BeExactly $checked.Diff.after
        foreach ($mode in $true, $false) {
            $again = Invoke-AnsibleScript -WhatIf:$mode
            $again.Changed, $again.Failed, $again.Result.restartAdvised | Should -BeExactly $false, $false, $false
            $again.Diff.before | Should -BeExactly $again.Diff.after
        }
    }
    It 'fails under a policy with its sentence' {
        Set-Machine $policy
        $before = Get-MachineState
        { Invoke-AnsibleScript } | Should -Throw 'Group Policy sets the list*'
        { Invoke-AnsibleScript -WhatIf } | Should -Throw 'Group Policy sets the list*'
        Get-MachineState | Should -BeExactly $before
    }
    It 'fails without evidence, where it is to rely on some' {
        Set-Machine
        $before = Get-MachineState
        $file = "$(New-Folder)/it's $([char] 0x8a3c) &.json"
        { Invoke-AnsibleScript -Parameters @{ UnlessSeen = $file } } | Should -Throw '*could not be*'
        [System.IO.File]::WriteAllText($file, '{}')
        { Invoke-AnsibleScript -Parameters @{ UnlessSeen = $file } } | Should -Throw '*evidence --json*'
        Get-MachineState | Should -BeExactly $before
    }
}

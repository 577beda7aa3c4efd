# The class-based DSC resource, called as its engines do.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $policy = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA256'
    # As the engines make one: by the class of the module that they imported, and its properties.
    function New-Resource([object] $DheOffered = $false) {
        & (Get-Module SchannelDhe) { param($offered) [SchannelDheCipherSuiteOrder] @{ IsSingleInstance = 'Yes'; DheOffered = $offered } } $DheOffered
    }
    function Get-RestartSignal {
        $variable = Get-Variable -Name DSCMachineStatus -Scope Global -ErrorAction Ignore
        if ($null -ne $variable) { $variable.Value }
    }
}
AfterAll {
    Remove-Variable -Name DSCMachineStatus -Scope Global -ErrorAction Ignore
}

Describe 'SchannelDheCipherSuiteOrder' {
    BeforeEach {
        Remove-Variable -Name DSCMachineStatus -Scope Global -ErrorAction Ignore
    }
    It 'is exported, and stands in the root of the module: <_>' -ForEach 'scripts/SchannelDhe', 'build/powershell/SchannelDhe' {
        $manifest = Import-PowerShellDataFile -LiteralPath "$Repository/$_/SchannelDhe.psd1"
        $manifest.DscResourcesToExport | Should -BeExactly 'SchannelDheCipherSuiteOrder'
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseFile("$Repository/$_/SchannelDhe.psm1", [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $types = $tree.FindAll({ $args[0].GetType().Name -eq 'TypeDefinitionAst' }, $false)
        $resource = @($types | Where-Object { $_.Attributes.TypeName.Name -contains 'DscResource' })
        $resource.Name | Should -BeExactly 'SchannelDheCipherSuiteOrder'
        ($resource[0].Members | Where-Object { $_.GetType().Name -eq 'FunctionMemberAst' }).Name | Should -BeExactly 'Get', 'Test', 'Set'
    }
    It 'is a resource to PowerShell itself' {
        (Get-Module SchannelDhe -ListAvailable:$false).ExportedDscResources | Should -BeExactly 'SchannelDheCipherSuiteOrder'
    }
    It 'finds DHE, removes it once, and asks for a restart only then' {
        [void] (Use-Machine '--simulate', 'ws2022')
        $resource = New-Resource
        $resource.Test() | Should -BeFalse
        $found = $resource.Get()
        $found.DheOffered | Should -BeTrue
        $found.Verdict, $found.GoverningLayer, $found.RestartAdvised | Should -BeExactly 'dhe-offered', 'Local', $false
        $found.DheSuites | Should -Contain 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'
        $found.Reasons[0].Code | Should -BeExactly 'SchannelDheCipherSuiteOrder:SchannelDheCipherSuiteOrder:dhe-offered'
        $found.Reasons[0].Phrase | Should -BeLikeExactly '*DHE*'
        $resource.Set()
        Get-RestartSignal | Should -Be 1

        Remove-Variable -Name DSCMachineStatus -Scope Global
        $resource.Test() | Should -BeTrue
        $resource.Set()
        Get-RestartSignal | Should -BeNullOrEmpty
        $found = $resource.Get()
        $found.DheOffered | Should -BeExactly $false
        $found.IsSingleInstance, $found.Verdict, $found.RestartAdvised | Should -BeExactly 'Yes', 'no-dhe-offered', $true
        $found.DheSuites | Should -BeNullOrEmpty
    }
    It 'fails under a policy with its id and its sentence, and changes nothing' {
        $folder = Use-Machine '--simulate', 'ws2022', '--simulate-policy', $policy
        $resource = New-Resource
        $resource.Test() | Should -BeFalse
        $before = [System.IO.File]::ReadAllText("$folder/machine.json")
        $failure = { $resource.Set() } | Should -Throw '*TLS_RSA_WITH_AES_128_CBC_SHA256*' -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'GOVERNED_BY_POLICY*'
        Get-RestartSignal | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText("$folder/machine.json") | Should -BeExactly $before
        $resource.Get().GoverningLayer | Should -BeExactly 'GroupPolicy'
    }
    It 'does not know where Windows may recognise none of a policy' {
        [void] (Use-Machine '--simulate', 'win8.1-2012r2', '--simulate-policy', 'TLS_NOT_KNOWN')
        $resource = New-Resource
        $resource.Test() | Should -BeFalse
        $found = $resource.Get()
        $null -eq $found.DheOffered | Should -BeTrue
        $found.Verdict | Should -BeExactly 'unknown'
        $found.Reasons[0].Phrase | Should -Not -BeNullOrEmpty
    }
    It 'passes the error of a session without rights on' {
        [void] (Use-Machine '--simulate', 'ws2022', '--not-elevated')
        $failure = { (New-Resource).Set() } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'NOT_ELEVATED*'
    }
    It 'does not pass where the program is broken, says so, and cannot set' {
        [void] (Use-Script 'process.exit(5)')
        $resource = New-Resource
        $resource.Test() | Should -BeFalse
        $found = $resource.Get()
        $null -eq $found.DheOffered -and $null -eq $found.RestartAdvised | Should -BeTrue
        $found.Reasons[0].Code | Should -BeLikeExactly '*:NODE_ENDED'
        $failure = { $resource.Set() } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'NODE_ENDED*'
    }
    It 'takes no other statement: <_>' -ForEach $true, $null {
        [void] (Use-Machine '--simulate', 'ws2022')
        $resource = New-Resource $_
        foreach ($operation in 'Test', 'Set') {
            $failure = { $resource.$operation() } | Should -Throw '*DheOffered = $false*' -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'INVALID_ARGUMENT*'
        }
    }
}

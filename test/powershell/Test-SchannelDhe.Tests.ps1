BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
}

Describe 'Test-SchannelDhe' {
    BeforeEach {
        [void] (Use-Machine $Server2012R2)
    }
    It 'is false where DHE is offered, and -Detailed says why' {
        Test-SchannelDhe | Should -BeFalse
        $result = Test-SchannelDhe -Detailed
        $result.IsPassed | Should -BeFalse
        $result.PSTypeNames[0], $result.GoverningLayer | Should -BeExactly 'SchannelDhe.TestResult', 'Local'
        $result.Reason | Should -BeLikeExactly 'DHE cipher suites offered: *'
    }
    It 'is false where nobody knows, and -Detailed gives the first reason' {
        [void] (Use-Machine ($Server2012R2 + '--simulate-policy' + 'TLS_RSA_WITH_AES_128_CBC_SHA|TLS_X'))
        $result = Test-SchannelDhe -Detailed
        $result.IsPassed, $result.DheSuites.Count | Should -BeExactly $false, 0
        $result.Reason | Should -BeLikeExactly 'Not known: the text of the policy has faults*'
    }
    It 'is true afterwards' {
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        Test-SchannelDhe | Should -BeTrue
        $result = Test-SchannelDhe -Detailed
        $result.IsPassed | Should -BeTrue
        $result.DheSuites | Should -HaveCount 0
    }
}

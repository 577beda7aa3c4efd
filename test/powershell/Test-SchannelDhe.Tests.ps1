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
        $result.Reason | Should -BeLikeExactly '*DHE cipher suites are offered*'
    }
    It 'is true afterwards' {
        Disable-SchannelDhe -Force -WarningAction SilentlyContinue
        Test-SchannelDhe | Should -BeTrue
        $result = Test-SchannelDhe -Detailed
        $result.IsPassed | Should -BeTrue
        $result.DheSuites | Should -HaveCount 0
    }
}

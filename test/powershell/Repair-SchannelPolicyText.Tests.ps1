BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $broken = "`"TLS_RSA_WITH_AES_128_CBC_SHA`"$([char] 0x3001) TLS_DHE_RSA_WITH_AES_128_CBC_SHA;`$(x)"
}

Describe 'Repair-SchannelPolicyText' {
    BeforeAll {
        [void] (Use-Machine @())
    }
    It 'answers with the text alone' {
        $broken | Repair-SchannelPolicyText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
        Repair-SchannelPolicyText $broken -KeepDhe -Separator ';' |
            Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA;TLS_DHE_RSA_WITH_AES_128_CBC_SHA'
        'TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA' | Repair-SchannelPolicyText |
            Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_256_CBC_SHA'
    }
    It '-Detailed lists the faults, with what was found' {
        $result = Repair-SchannelPolicyText -Text $broken -Detailed
        $result.PSTypeNames[0], $result.Faults[0].PSTypeNames[0] | Should -BeExactly 'SchannelDhe.PolicyText', 'SchannelDhe.PolicyFault'
        $result.RemovedSuites | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'
        $result.Faults[0].Kind | Should -BeExactly 'quote'
        $full = @($result.Faults | Where-Object { $_.Kind -eq 'wrong-separator' })[0]
        $full.Found | Should -BeExactly ([string] [char] 0x3001)
        $full.Position | Should -Be 30
        $result.IsTooLong | Should -BeFalse
        $result.Length | Should -Be $result.Text.Length
    }
    It 'refuses a text that would leave nothing' {
        { 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' | Repair-SchannelPolicyText -ErrorAction Stop } |
            Should -Throw -ErrorId 'REFUSED,Repair-SchannelPolicyText'
    }
    It 'takes a text of 1 MB, and warns of what is too long' {
        $names = @('TLS_RSA_WITH_AES_128_CBC_SHA') + @(foreach ($number in 1..30000) { 'TLS_RSA_WITH_AES_128_CBC_SHA_{0:d6}' -f $number })
        $text = $names -join ','
        $text.Length | Should -BeGreaterThan 1MB
        $text | Repair-SchannelPolicyText -WarningAction SilentlyContinue -WarningVariable warnings | Should -BeExactly $text
        $warnings[0] | Should -BeLikeExactly '*1080028 characters*1023*'
    }
}

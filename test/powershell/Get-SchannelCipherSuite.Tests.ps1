BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'
}

Describe 'Get-SchannelCipherSuite' {
    BeforeAll {
        [void] (Use-Machine $Server2012R2)
    }
    It 'lists what is in force, in its order' {
        $suites = @(Get-SchannelCipherSuite)
        $suites | Should -HaveCount 40
        $suites.Position | Should -BeExactly @(0..39)
        $suites.Name | Should -BeExactly (Get-SchannelDheStatus).OfferedSuites
        $first = $suites[0]
        $first.PSTypeNames[0], $first.Layer, $first.KeyExchange | Should -BeExactly 'SchannelDhe.CipherSuite', 'Enumerated', 'ECDHE'
        $first.IsKnown | Should -BeTrue
        $first.IsDhe | Should -BeFalse
    }
    It '-DheOnly lists the DHE suites' {
        (Get-SchannelCipherSuite -DheOnly).Name | Should -BeExactly (Get-SchannelDheStatus).DheSuites
    }
    It 'takes names with wildcards' {
        (Get-SchannelCipherSuite -Name tls_dhe_rsa*GCM*).Name | Should -BeExactly $dhe
    }
    It 'takes names from the pipeline' {
        ('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', '*DHE_RSA_WITH_AES_128_GCM_SHA256' | Get-SchannelCipherSuite).Name | Should -BeExactly $dhe
    }
    It 'takes objects with names from the pipeline, and its own' {
        ([pscustomobject]@{ Name = $dhe } | Get-SchannelCipherSuite).Name | Should -BeExactly $dhe
        (Get-SchannelCipherSuite | Where-Object { $dhe -contains $_.Name } | Get-SchannelCipherSuite).Name | Should -BeExactly $dhe
    }
    It 'has an error for each name that the list does not hold, which hides nothing' {
        $found = Get-SchannelCipherSuite -Name nonsense, TLS_RSA_WITH_RC4_128_SHA, *nothing* -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -BeExactly 'TLS_RSA_WITH_RC4_128_SHA'
        $failures | Should -HaveCount 1
        Get-ErrorFacts $failures[0] | Should -BeExactly 'CIPHER_SUITE_NOT_FOUND,Get-SchannelCipherSuite', 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'nonsense'
    }
    It 'starts one process for 1,000 names from the pipeline' {
        $folder = Use-Machine $Server2012R2
        $names = foreach ($number in 1..1000) { if ($number % 2) { 'TLS_RSA_WITH_RC4_128_SHA' } else { '*GCM*' } }
        $names | Get-SchannelCipherSuite | Should -HaveCount 8
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
    }
    It 'gives 1,000 objects to the pipeline' {
        $suites = ConvertTo-Json -Compress -Depth 4 -InputObject @(foreach ($number in 0..999) { @{ name = "N$number"; position = $number; isDhe = $false; known = $null } })
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'suite-list', outcome: 'nothing-to-do', suites: $suites }))")
        $all = @(Get-SchannelCipherSuite | ForEach-Object { $_ })
        $all | Should -HaveCount 1000
        $all[999].Name | Should -BeExactly 'N999'
    }
}

Describe 'Get-SchannelCipherSuite -Layer' {
    BeforeAll {
        [void] (Use-Machine $Server2012R2UnderPolicy)
    }
    It 'GroupPolicy is what the policy says, with names that nobody knows' {
        $suites = Get-SchannelCipherSuite -Layer GroupPolicy
        $suites.Name | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'x'
        $suites[2].IsKnown | Should -BeFalse
        $suites[2].Protocols | Should -HaveCount 0
    }
    It '<Layer> has <Count> suites' -ForEach @(@{ Layer = 'Local'; Count = 40 }, @{ Layer = 'WindowsDefault'; Count = 40 }, @{ Layer = 'Mdm'; Count = 0 }) {
        @(Get-SchannelCipherSuite -Layer $Layer) | Should -HaveCount $Count
    }
}

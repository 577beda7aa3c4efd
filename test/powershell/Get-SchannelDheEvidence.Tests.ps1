# Who uses DHE, out of files, folders, the pipeline and the event log.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $fixtures = "$Repository/test/fixtures/evidence"
    $log = "$fixtures/u_ex261124_x.log"
}

Describe 'Get-SchannelDheEvidence' {
    BeforeEach {
        $folder = Use-Machine '--simulate', 'ws2022'
    }
    It 'gives what is seen, and a row for every peer' {
        $evidence = Get-SchannelDheEvidence $log
        $evidence.PSTypeNames[0], $evidence.Verdict, $evidence.IsDheSeen | Should -BeExactly 'SchannelDhe.Evidence', 'dhe-seen', $true
        $evidence.Seen, $evidence.DheSeen, $evidence.KeyExchanges['ECDHE'] | Should -BeExactly 5, 3, 1
        $evidence.First | Should -Be ([datetime]::new(2026, 11, 24, 0, 0, 4, [System.DateTimeKind]::Utc))
        $evidence.Peers | Should -HaveCount 5
        $peer = $evidence.Peers | Where-Object Client -eq '198.51.100.7'
        $peer.PSTypeNames[0], $peer.Peer, $peer.Role, $peer.Port, $peer.OnlyDhe | Should -BeExactly 'SchannelDhe.EvidencePeer', '198.51.100.7', 'server', 443, $true
        $peer.Protocols['TLS 1.2'], $peer.DheSeen | Should -BeExactly 1, 1
        $evidence.Sources.Form | Should -BeExactly 'iis-log'
    }
    It 'takes files of the pipeline together, in one process' {
        $found = @(Get-ChildItem -Path $fixtures | Get-SchannelDheEvidence)
        $found | Should -HaveCount 1
        $found[0].Sources | Should -HaveCount 5
        $found[0].FailureEvents.EventId | Should -Contain 36874
        [System.IO.File]::ReadAllLines("$folder/runs.txt") | Should -HaveCount 1
        $texts = @($log, "$fixtures/schannel-events.rooted.xml" | Get-SchannelDheEvidence)
        $texts[0].Sources.Form | Should -BeExactly 'iis-log', 'schannel-events'
    }
    It 'writes the page' {
        $file = "$(New-Folder)/page [1].html"
        (Get-SchannelDheEvidence $log -Html $file -WarningVariable warnings).Verdict | Should -BeExactly 'dhe-seen'
        $warnings | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText($file) | Should -BeLike '*<!doctype html>*'
    }
    It 'compares two times' {
        $compared = Get-SchannelDheEvidence -Before $log -After $log
        $compared.PSTypeNames[0], $compared.Verdict, ($null -eq $compared.IsBroken) | Should -BeExactly 'SchannelDhe.EvidenceComparison', 'too-little', $true
        $compared.Doubts | Should -Contain 'short-window'
    }
    It 'reads the event log, which may be empty' {
        $evidence = Get-SchannelDheEvidence -EventLog
        $evidence.Verdict, ($null -eq $evidence.IsDheSeen), $evidence.Seen | Should -BeExactly 'unknown', $true, 0
        $evidence.Peers | Should -HaveCount 0
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -BeLike '*--events*'
    }
    It 'judges by another list' {
        $evidence = Get-SchannelDheEvidence $log -ListPath "$Repository/test/fixtures/field/6-policy-text-takes-anything/a.reg"
        $evidence.Verdict | Should -BeExactly 'dhe-seen'
        [System.IO.File]::ReadAllText("$folder/runs.txt") | Should -BeLike '*--from=*a.reg*'
    }
    It 'has an error for what is none of the forms, and for an address that is none' {
        $file = "$(New-Folder)/x.txt"
        [System.IO.File]::WriteAllText($file, 'hello')
        { Get-SchannelDheEvidence $file -ErrorAction Stop } | Should -Throw -ErrorId 'INVALID_INPUT,Get-SchannelDheEvidence'
        { Get-SchannelDheEvidence $log -LocalAddress '--csv' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Get-SchannelDheEvidence'
    }
    It 'has an error for each file of a folder that could not be read, beside the result' {
        [void] (Use-Script "console.log(JSON.stringify({ kind: 'evidence', outcome: 'bad-input', verdict: 'unknown', first: null, last: null, totals: { seen: 0, keyExchanges: {}, removal: {} }, fault: { verdict: { id: 'too-little' } }, failureEvents: [], sources: [], peers: [], skipped: [{ source: 'a', code: 'FILE_ACCESS' }, { source: 'b', code: 'INVALID_INPUT' }] }))")
        $evidence = Get-SchannelDheEvidence $log -ErrorAction SilentlyContinue -ErrorVariable failures
        $evidence.SkippedFiles | Should -BeExactly 'a', 'b'
        $failures.FullyQualifiedErrorId | Should -BeExactly 'FILE_ACCESS,Get-SchannelDheEvidence'
    }
}

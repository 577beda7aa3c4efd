# Every form in which people hold a list, in every function that takes one. The files are written by test-powershell.ts.
BeforeDiscovery {
    . "$PSScriptRoot/support.ps1"
    $table = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$Repository/build/powershell/samples/table.json"))
    $samples = @($table.samples | ForEach-Object { @{ Name = $_.name; Layer = $_.layer; Number = $_.number; IsText = $_.isText } })
}

BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $folder = "$Repository/build/powershell/samples"
    $table = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText("$folder/table.json"))
    $runs = Use-Machine @()
    $layers = @{ groupPolicy = 'GroupPolicy'; mdm = 'Mdm'; local = 'Local' }
    # One process reads all of them.
    $status, $policies = @{}, @{}
    foreach ($one in Get-SchannelDheStatus -Path "$folder/*.dirty", "$folder/*.clean") {
        $status[[System.IO.Path]::GetFileName($one.Path)] = $one
    }
    foreach ($one in Get-SchannelGroupPolicyFile -Path "$folder/*.dirty", "$folder/*.clean") {
        $policies[[System.IO.Path]::GetFileName($one.Path)] = $one
    }
}

Describe 'all forms' {
    It 'are read in two processes' {
        $status.Count | Should -Be (2 * $table.samples.Count)
        $policies.Count | Should -Be (2 * $table.samples.Count)
        [System.IO.File]::ReadAllLines("$runs/runs.txt") | Should -HaveCount 2
    }
}

Describe '<Name>' -ForEach $samples {
    It 'Get-SchannelDheStatus' {
        $dirty, $clean = $status["$Number.dirty"], $status["$Number.clean"]
        $dirty.Verdict | Should -BeExactly 'dhe-offered'
        $dirty.DheSuites | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'
        if ($Layer -ne 'enumerated') { $dirty.GoverningLayer | Should -Be $layers[$Layer] }
        $clean.Verdict | Should -BeExactly $(if ($clean.IsCertain) { 'no-dhe-offered' } else { 'unknown' })
        $clean.DheSuites | Should -BeNullOrEmpty
    }
    It 'Get-SchannelGroupPolicyFile' {
        $dirty, $clean = $policies["$Number.dirty"], $policies["$Number.clean"]
        $dirty.Verdict | Should -BeExactly 'needs-repair'
        $dirty.DheSuites | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'
        $dirty.CorrectedText -split '[,;]' | Should -BeExactly $table.clean
        $clean.Verdict | Should -BeExactly 'in-order'
    }
}

Describe '<Name>, pasted' -ForEach @($samples | Where-Object { $_.IsText }) {
    It 'Repair-SchannelPolicyText' {
        [System.IO.File]::ReadAllLines("$folder/$Number.dirty") | Repair-SchannelPolicyText | Should -BeExactly ($table.clean -join ',')
    }
}

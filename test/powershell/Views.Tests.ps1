# What is shown of every type, at the widths of a console and of a wide one.
BeforeDiscovery {
    $widths = 80, 120
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $machine = '--simulate', 'win8.1-2012r2'
    [void] (Use-Machine $machine)
    $objects = @{}
    function Add-Object($Object) { foreach ($one in $Object) { $objects[($one.PSObject.TypeNames[0] -split '\.')[-1]] = $one } }
    # The longest names that there are.
    $suites = @(Get-SchannelCipherSuite)
    Add-Object @($suites | Sort-Object { $_.Name.Length })[-1]
    Add-Object (Test-SchannelDhe -Detailed)
    $status = Get-SchannelDheStatus
    Add-Object $status
    Add-Object @($status.Findings | Sort-Object { $_.Id.Length })[-1]
    Add-Object (Disable-SchannelDhe -Force -PassThru -WarningAction SilentlyContinue)
    Add-Object (Get-SchannelCipherSuiteBackup)
    $text = Repair-SchannelPolicyText "TLS_RSA_WITH_AES_128_CBC_SHA, x TLS_DHE_RSA_WITH_AES_128_CBC_SHA" -Detailed
    Add-Object $text
    Add-Object @($text.Faults | Sort-Object { $_.Kind.Length })[-1]
    Add-Object (Get-SchannelGroupPolicyFile "$Repository/test/fixtures/gpo-backup")
    Add-Object (Test-SchannelDheSelfCheck)
    Add-Object $objects.SelfCheck.Checks[0]
    $probe = Invoke-SchannelDheProbe 127.0.0.1 -Port 1
    Add-Object $probe
    Add-Object $probe.Handshakes[0]
    $fixtures = "$Repository/test/fixtures/evidence"
    $evidence = Get-SchannelDheEvidence "$fixtures/*.xml", "$fixtures/*.log"
    Add-Object $evidence
    Add-Object @($evidence.Peers | Sort-Object { $_.Peer.Length })[-1]
    Add-Object @($evidence.Sources | Sort-Object { $_.Form.Length })[-1]
    Add-Object $evidence.FailureEvents[0]
    $comparison = Get-SchannelDheEvidence -Before "$fixtures/u_ex261124_x.log" -After "$fixtures/schannel-events.rooted.xml"
    Add-Object $comparison
    Add-Object $comparison.Events[0]
    Add-Object $comparison.Missing[0]
    Add-Object ([pscustomobject]@{ PSTypeName = 'SchannelDhe.PolicySource'; Name = 'TLS servers of the head office'; GpoId = 'cn={31B2F340-016D-11D2-945F-00C04FB984F9},cn=policies,cn=system,DC=contoso,DC=com'; Precedence = 1 })
    Add-Object ([pscustomobject]@{ PSTypeName = 'SchannelDhe.GroupPolicyLink'; Path = 'contoso.com/Servers/Web/A rather long organizational unit of the head office'; IsEnabled = $true; IsEnforced = $false })
    Add-Object ([pscustomobject]@{
        PSTypeName = 'SchannelDhe.GroupPolicy'; Name = 'TLS servers of the head office'; Guid = [guid]::NewGuid(); Domain = 'contoso.com'; Verdict = 'needs-repair'
        DheSuites = @('a'); FaultCount = 100; Type = 'String'; Text = 'x'; CorrectedText = 'y'; Links = @($objects.GroupPolicyLink) })
    $configuration = ([xml] [System.IO.File]::ReadAllText("$ModuleFolder/SchannelDhe.format.ps1xml")).Configuration
    $views = @{}
    foreach ($view in $configuration.ViewDefinitions.View) { $views[($view.ViewSelectedBy.TypeName -split '\.')[1]] = $view }
    function Get-Labels($View) {
        if ($View.SelectSingleNode('TableControl')) { return $View.SelectNodes('.//TableColumnHeader/Label') | ForEach-Object { $_.InnerText } }
        foreach ($item in $View.SelectNodes('.//ListItem')) {
            $label = $item.SelectSingleNode('Label')
            if ($null -ne $label) { $label.InnerText } else { $item.SelectSingleNode('PropertyName').InnerText }
        }
    }
}

Describe 'every type that a function returns' {
    It 'has a view and a default display set' {
        $code = [System.IO.Directory]::GetFiles($ModuleFolder, '*.ps1', 'AllDirectories') | ForEach-Object { [System.IO.File]::ReadAllText($_) } | Out-String
        $types = [regex]::Matches($code, "PSTypeName = 'SchannelDhe\.(\w+)'") | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        @($views.Keys | Sort-Object) | Should -BeExactly @($types)
        @($objects.Keys | Sort-Object) | Should -BeExactly @($types)
        foreach ($type in $types) { $objects[$type].PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames | Should -Not -BeNullOrEmpty -Because $type }
    }
    It 'has properties of the names that its set says' {
        foreach ($type in $objects.Keys) {
            foreach ($name in $objects[$type].PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames) {
                $objects[$type].PSObject.Properties[$name] | Should -Not -BeNullOrEmpty -Because "$type.$name"
            }
        }
    }
    It 'loses no column and no value at <_>' -ForEach $widths {
        foreach ($type in $objects.Keys) {
            $shown = $objects[$type] | Out-String -Width $_
            foreach ($label in Get-Labels $views[$type]) { $shown | Should -BeLike "*$label*" -Because "$type at $_" }
            $shown | Should -Not -Match ([char] 0x2026) -Because "$type at $_"
            $shown | Should -Not -Match '\.\.\.' -Because "$type at $_"
            foreach ($line in $shown -split '\r?\n') { $line.TrimEnd().Length | Should -BeLessOrEqual $_ -Because $type }
            # Broken into lines, the values are whole all the same.
            $joined = $shown -replace '\s', ''
            foreach ($name in 'Name', 'Path', 'Message', 'Reason', 'Verdict', 'Id', 'BackupId', 'GpoId') {
                $property = $objects[$type].PSObject.Properties[$name]
                $isShown = $null -ne $property -and $null -ne $property.Value -and (Get-Labels $views[$type]) -contains $name
                if (-not $isShown -or $views[$type].SelectSingleNode('TableControl') -and $property.Value.Length -gt 20) { continue }
                $joined | Should -BeLike ('*' + [System.Management.Automation.WildcardPattern]::Escape(($property.Value -replace '\s', '')) + '*') -Because "$type.$name at $_"
            }
        }
    }
}

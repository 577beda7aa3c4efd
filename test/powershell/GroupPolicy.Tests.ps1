# The domain functions on a stand-in of Microsoft's module GroupPolicy, which keeps its Group Policy objects in memory.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    $broken = "TLS_DHE_RSA_WITH_AES_128_CBC_SHA$([char] 0x3001)TLS_RSA_WITH_AES_128_CBC_SHA"

    function Reset-Domain {
        $global:Domain = @{ Policies = @(); Backups = @(); Failure = $null; Forget = $false }
        foreach ($row in @('Broken', $broken, 'String'), @('Silent', $null, ''), @('Sound', "TLS_RSA_WITH_AES_128_CBC_SHA,`0", 'String'),
            @('Only DHE', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'String'), @('List', @('TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'), 'MultiString')) {
            $number = $global:Domain.Policies.Count + 1
            $global:Domain.Policies += [pscustomobject]@{ DisplayName = $row[0]; Id = [guid] ('{0:d8}-0000-0000-0000-000000000000' -f $number); DomainName = 'contoso.com'; Value = $row[1]; Type = $row[2] }
        }
    }
}

Describe 'in a domain' {
    BeforeAll {
        $modules = New-Folder
        [void] [System.IO.Directory]::CreateDirectory("$modules/GroupPolicy")
        [System.IO.File]::WriteAllText("$modules/GroupPolicy/GroupPolicy.psm1", @'
function Get-GPO([switch] $All, $Guid, [string] $Name, [string] $Domain) {
    if ($null -ne $global:Domain.Failure) { throw $global:Domain.Failure }
    $global:Domain.Asked = $Domain
    $found = @($global:Domain.Policies | Where-Object { $All -or $_.DisplayName -eq $Name -or ($null -ne $Guid -and $_.Id -eq $Guid) })
    if ($found.Count -eq 0) { throw [System.ArgumentException]::new("A GPO $Name was not found.") }
    $found
}
function Find([guid] $Guid) { $global:Domain.Policies | Where-Object { $_.Id -eq $Guid } }
function Get-GPRegistryValue([guid] $Guid, [string] $Key, [string] $ValueName, [string] $Domain) {
    if ($Key -ne 'HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002' -or $ValueName -ne 'Functions') { throw 'another value' }
    $policy = Find $Guid
    if ($null -eq $policy.Value) { throw [System.ArgumentException]::new('The following Group Policy registry setting was not found.') }
    [pscustomobject]@{ Value = $policy.Value; Type = $policy.Type }
}
function Set-GPRegistryValue([guid] $Guid, [string] $Key, [string] $ValueName, [string] $Type, [object] $Value, [string] $Domain) {
    if ($global:Domain.Backups.Count -eq 0) { throw 'no backup was made' }
    if ($global:Domain.Forget) { return }
    $policy = Find $Guid
    $policy.Value = $Value
    $policy.Type = $Type
}
function Backup-GPO([guid] $Guid, [string] $Path, [string] $Domain) {
    if (-not [System.IO.Directory]::Exists($Path)) { throw 'no such folder' }
    $global:Domain.Backups += (Find $Guid).DisplayName
    [pscustomobject]@{ Id = [guid]::NewGuid() }
}
function Get-GPOReport([guid] $Guid, [string] $ReportType, [string] $Domain) {
    '<?xml version="1.0" encoding="utf-16"?><GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings"><Name>x</Name>' +
    '<LinksTo><SOMName>Servers</SOMName><SOMPath>contoso.com/Servers</SOMPath><Enabled>true</Enabled><NoOverride>false</NoOverride></LinksTo></GPO>'
}
'@)
        # Microsoft's lies below the system folder; here, the stand-in lies elsewhere.
        & (Get-Module SchannelDhe) {
            param($file)
            $script:StandIn = $file
            function script:Get-GroupPolicyModulePath { $script:StandIn }
        } "$modules/GroupPolicy/GroupPolicy.psm1"
    }
    BeforeEach {
        Reset-Domain
        [void] (Use-Machine @())
    }
    AfterAll {
        Import-TestModule
        Remove-Variable -Name Domain -Scope Global
    }

    It 'Get-SchannelGroupPolicy lists those that set the order, with a verdict' {
        Get-SchannelGroupPolicy | ForEach-Object { "$($_.Name): $($_.Verdict)" } |
            Should -BeExactly 'Broken: needs-repair', 'Sound: in-order', 'Only DHE: refused', 'List: needs-repair'
    }
    It 'Get-SchannelGroupPolicy tells of the domain, the text and the links' {
        $one = @(Get-SchannelGroupPolicy -Domain contoso.com)[0]
        $global:Domain.Asked | Should -BeExactly 'contoso.com'
        $one.PSTypeNames[0], $one.Domain, $one.CorrectedText, $one.Type |
            Should -BeExactly 'SchannelDhe.GroupPolicy', 'contoso.com', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'String'
        $one.DheSuites | Should -BeExactly 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'
        $one.Links[0].Path | Should -BeExactly 'contoso.com/Servers'
        $one.Links[0].IsEnabled, $one.Links[0].IsEnforced | Should -BeExactly $true, $false
    }
    It 'Repair-SchannelGroupPolicy -WhatIf writes nothing' {
        Repair-SchannelGroupPolicy -Name Broken -WhatIf
        $global:Domain.Policies[0].Value | Should -BeExactly $broken
        $global:Domain.Backups | Should -HaveCount 0
    }
    It 'Repair-SchannelGroupPolicy backs up, writes a string, and reads it back' {
        $folder = "$(New-Folder)/new folder"
        $result = Repair-SchannelGroupPolicy -Name Broken -BackupPath $folder -Confirm:$false -PassThru -WarningAction SilentlyContinue -WarningVariable warnings
        $result.Verdict, $result.Links[0].Path | Should -BeExactly 'in-order', 'contoso.com/Servers'
        $global:Domain.Policies[0].Value, $global:Domain.Policies[0].Type | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA', 'String'
        $global:Domain.Backups | Should -BeExactly 'Broken'
        $warnings[0] | Should -BeLikeExactly '*90 to 120 minutes*'
        Repair-SchannelGroupPolicy -Name Broken -BackupPath $folder -Force | Should -BeNullOrEmpty
        $global:Domain.Backups | Should -HaveCount 1
    }
    It 'a list of the wrong type becomes a string; objects come through the pipeline' {
        Get-SchannelGroupPolicy | Where-Object { $_.Verdict -eq 'needs-repair' } |
            Repair-SchannelGroupPolicy -BackupPath (New-Folder) -Force -WarningAction SilentlyContinue
        $global:Domain.Policies[4].Value, $global:Domain.Policies[4].Type | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_256_CBC_SHA', 'String'
        $global:Domain.Backups | Should -BeExactly 'Broken', 'List'
    }
    It 'Repair-SchannelGroupPolicy -Name <Name> is <Id>' -ForEach @(
        @{ Name = 'Only DHE'; Id = 'REFUSED'; Category = 'InvalidOperation' }
        @{ Name = 'Silent'; Id = 'ORDER_NOT_SET'; Category = 'ObjectNotFound' }
        @{ Name = 'Nobody'; Id = 'DOMAIN_NOT_REACHED'; Category = 'ConnectionError' }
    ) {
        $failure = { Repair-SchannelGroupPolicy -Name $Name -Force -BackupPath (New-Folder) -ErrorAction Stop } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly "$Id,Repair-SchannelGroupPolicy", $Category
        $global:Domain.Backups | Should -HaveCount 0
    }
    It 'what is not there after the writing is told' {
        $global:Domain.Forget = $true
        { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath (New-Folder) -ErrorAction Stop } |
            Should -Throw -ErrorId 'READ_BACK_DIFFERS,Repair-SchannelGroupPolicy'
    }
    It 'no domain is one clear error' {
        $global:Domain.Failure = [System.InvalidOperationException]::new('The current security context is not associated with a domain.')
        { Get-SchannelGroupPolicy } | Should -Throw -ErrorId 'DOMAIN_NOT_REACHED,Get-SchannelGroupPolicy'
    }
    It 'no rights are one clear error' {
        $global:Domain.Failure = [System.UnauthorizedAccessException]::new('Access is denied.')
        $failure = { Get-SchannelGroupPolicy } | Should -Throw -PassThru
        Get-ErrorFacts $failure | Should -BeExactly 'ACCESS_DENIED,Get-SchannelGroupPolicy', 'PermissionDenied'
    }
    It 'a program that ends midway is told as that, and ends the command' {
        [void] (Use-Script 'process.exitCode = 77')
        { Get-SchannelGroupPolicy -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NODE_ENDED,Get-SchannelGroupPolicy'
        { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath (New-Folder) -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'NODE_ENDED,Repair-SchannelGroupPolicy'
        $global:Domain.Policies[0].Value | Should -BeExactly $broken
    }

    Context 'the folder of the backup' {
        It 'that cannot be made is an error of its own, and nothing is written' {
            $file = "$(New-Folder)/a file"
            [System.IO.File]::WriteAllText($file, '')
            $failure = { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath "$file/below" -ErrorAction Stop } | Should -Throw -PassThru
            Get-ErrorFacts $failure | Should -BeExactly 'BACKUP_PATH,Repair-SchannelGroupPolicy', 'WriteError'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-BackupPath*'
            $global:Domain.Policies[0].Value | Should -BeExactly $broken
        }
        It 'that is of no file system is one too' {
            $failure = { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath 'Env:X' -ErrorAction Stop } | Should -Throw -PassThru
            Get-ErrorFacts $failure | Should -BeExactly 'PATH_INVALID,Repair-SchannelGroupPolicy', 'InvalidArgument'
        }
        It 'is not made by -WhatIf' {
            $folder = "$(New-Folder)/new"
            Repair-SchannelGroupPolicy -Name Broken -WhatIf -BackupPath $folder
            [System.IO.Directory]::Exists($folder) | Should -BeFalse
        }
        It 'is below the account''s documents, made where they are missing, and never the current one' {
            $account = New-Folder
            $homeFolder, $profileFolder = [System.Environment]::GetEnvironmentVariable('HOME'), [System.Environment]::GetEnvironmentVariable('USERPROFILE')
            foreach ($variable in 'HOME', 'USERPROFILE') { [System.Environment]::SetEnvironmentVariable($variable, $account) }
            Push-Location (New-Folder)
            try {
                $folder = & (Get-Module SchannelDhe) { Get-GroupPolicyBackupFolder }
                [System.IO.Path]::IsPathRooted($folder) | Should -BeTrue
                [System.IO.Directory]::Exists([System.IO.Path]::GetDirectoryName($folder)) | Should -BeTrue
                Repair-SchannelGroupPolicy -Name Broken -Force -WarningAction SilentlyContinue
                [System.IO.Directory]::Exists($folder) | Should -BeTrue
                Get-ChildItem | Should -BeNullOrEmpty
            } finally {
                Pop-Location
                [System.Environment]::SetEnvironmentVariable('HOME', $homeFolder)
                [System.Environment]::SetEnvironmentVariable('USERPROFILE', $profileFolder)
            }
        }
        It 'has to be named by an account without a profile' {
            & (Get-Module SchannelDhe) { function script:Get-GroupPolicyBackupFolder { } }
            $failure = { Repair-SchannelGroupPolicy -Name Broken -Force -ErrorAction Stop } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeExactly 'BACKUP_PATH,Repair-SchannelGroupPolicy'
            $global:Domain.Policies[0].Value | Should -BeExactly $broken
        }
    }
}

Describe 'the module GroupPolicy' {
    BeforeAll {
        # As a process of this user, without any rights, can plant it.
        $planted = New-Folder
        [void] [System.IO.Directory]::CreateDirectory("$planted/GroupPolicy")
        [System.IO.File]::WriteAllText("$planted/GroupPolicy/GroupPolicy.psm1", '$global:IsPlantedRun = $true; function Get-GPO { $global:IsPlantedRun = $true }')
        $modulePath = [System.Environment]::GetEnvironmentVariable('PSModulePath')
        [System.Environment]::SetEnvironmentVariable('PSModulePath', "$planted$([System.IO.Path]::PathSeparator)$modulePath")
    }
    AfterAll {
        [System.Environment]::SetEnvironmentVariable('PSModulePath', $modulePath)
    }
    It 'is never one of another folder: where Windows has none, there is one clear error' {
        $global:IsPlantedRun = $false
        try {
            $failure = { Get-SchannelGroupPolicy } | Should -Throw -PassThru
            Get-ErrorFacts $failure | Should -BeExactly 'GROUP_POLICY_MODULE_MISSING,Get-SchannelGroupPolicy', 'NotInstalled'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Rsat.GroupPolicy*'
            $global:IsPlantedRun | Should -BeFalse
        } finally {
            Remove-Variable -Name IsPlantedRun -Scope Global
        }
    }
    It 'lies below the system folder that the API names, whatever the variables say' {
        foreach ($name in 'SystemRoot', 'windir') { [System.Environment]::SetEnvironmentVariable("kept $name", [System.Environment]::GetEnvironmentVariable($name)); [System.Environment]::SetEnvironmentVariable($name, $TestDrive) }
        try {
            $file = & (Get-Module SchannelDhe) { Get-GroupPolicyModulePath }
        } finally {
            foreach ($name in 'SystemRoot', 'windir') { [System.Environment]::SetEnvironmentVariable($name, [System.Environment]::GetEnvironmentVariable("kept $name")); [System.Environment]::SetEnvironmentVariable("kept $name", $null) }
        }
        if ([System.IO.Path]::DirectorySeparatorChar -eq '/') { $file | Should -BeNullOrEmpty }
        else { $file | Should -BeLike "$([System.Environment]::SystemDirectory)\WindowsPowerShell\v1.0\Modules\GroupPolicy\GroupPolicy.psd1" }
    }
}

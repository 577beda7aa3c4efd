# The domain functions on a stand-in of Microsoft's module GroupPolicy, which keeps its Group Policy objects in memory.
param([string] $Folder)
. "$PSScriptRoot/support.ps1"
Import-TestModule
[void] (Use-Machine @())

$broken = "TLS_DHE_RSA_WITH_AES_128_CBC_SHA$([char] 0x3001)TLS_RSA_WITH_AES_128_CBC_SHA"
function Reset-Domain {
    $global:Domain = @{ Policies = @(); Backups = @(); Failure = $null; Forget = $false }
    foreach ($row in @('Broken', $broken, 'String'), @('Silent', $null, ''), @('Sound', "TLS_RSA_WITH_AES_128_CBC_SHA,`0", 'String'),
        @('Only DHE', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'String'), @('List', @('TLS_RSA_WITH_AES_128_CBC_SHA', 'x'), 'MultiString')) {
        $number = $global:Domain.Policies.Count + 1
        $global:Domain.Policies += [pscustomobject]@{ DisplayName = $row[0]; Id = [guid] ('{0:d8}-0000-0000-0000-000000000000' -f $number); DomainName = 'contoso.com'; Value = $row[1]; Type = $row[2] }
    }
}
Reset-Domain

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
$separator = [System.IO.Path]::PathSeparator
$modulePath = [System.Environment]::GetEnvironmentVariable('PSModulePath')
[System.Environment]::SetEnvironmentVariable('PSModulePath', "$modules$separator$modulePath")

function Get-Verdicts { , @(Get-SchannelGroupPolicy | ForEach-Object { "$($_.Name): $($_.Verdict)" }) }

Test-That 'Get-SchannelGroupPolicy lists those that set the order, with links and verdict' {
    Assert-Equal @('Broken: needs-repair', 'Sound: in-order', 'Only DHE: refused', 'List: needs-repair') (Get-Verdicts)
    $one = @(Get-SchannelGroupPolicy -Domain contoso.com)[0]
    Assert-Equal 'contoso.com' $global:Domain.Asked
    Assert-Equal @('SchannelDhe.GroupPolicy', 'contoso.com', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'String') @($one.PSTypeNames[0], $one.Domain, $one.CorrectedText, $one.Type)
    Assert-Equal @('TLS_DHE_RSA_WITH_AES_128_CBC_SHA') $one.DheSuites
    Assert-Equal @('contoso.com/Servers', $true, $false) @($one.Links[0].Path, $one.Links[0].IsEnabled, $one.Links[0].IsEnforced)
}
Test-That 'Repair-SchannelGroupPolicy -WhatIf writes nothing' {
    Repair-SchannelGroupPolicy -Name Broken -WhatIf
    Assert-Equal $broken $global:Domain.Policies[0].Value
    Assert-Equal 0 $global:Domain.Backups.Count
}
Test-That 'Repair-SchannelGroupPolicy backs up, writes a string, and reads it back' {
    $folder = "$(New-Folder)/new folder"
    $result = Repair-SchannelGroupPolicy -Name Broken -BackupPath $folder -Confirm:$false -PassThru -WarningAction SilentlyContinue -WarningVariable warnings
    Assert-Equal @('in-order', 'contoso.com/Servers') @($result.Verdict, $result.Links[0].Path)
    Assert-Equal @('TLS_RSA_WITH_AES_128_CBC_SHA', 'String') @($global:Domain.Policies[0].Value, $global:Domain.Policies[0].Type)
    Assert-Equal @('Broken') $global:Domain.Backups
    Assert-Like '*90 to 120 minutes*' $warnings[0]
    Assert-Equal 0 @(Repair-SchannelGroupPolicy -Name Broken -BackupPath $folder -Force).Count
    Assert-Equal 1 $global:Domain.Backups.Count
}
Test-That 'a list of the wrong type becomes a string; objects come through the pipeline' {
    Reset-Domain
    Get-SchannelGroupPolicy | Where-Object { $_.Verdict -eq 'needs-repair' } |
        Repair-SchannelGroupPolicy -BackupPath (New-Folder) -Force -WarningAction SilentlyContinue
    Assert-Equal @('TLS_RSA_WITH_AES_128_CBC_SHA,x', 'String') @($global:Domain.Policies[4].Value, $global:Domain.Policies[4].Type)
    Assert-Equal @('Broken', 'List') $global:Domain.Backups
}
foreach ($row in @('Only DHE', 'REFUSED', 'InvalidOperation'), @('Silent', 'ORDER_NOT_SET', 'ObjectNotFound'), @('Nobody', 'DOMAIN_NOT_REACHED', 'ConnectionError')) {
    $name, $id, $category = $row
    Test-That "Repair-SchannelGroupPolicy -Name '$name' is $id" {
        Reset-Domain
        $failure = Get-Failure { Repair-SchannelGroupPolicy -Name $name -Force -BackupPath (New-Folder) -ErrorAction Stop }
        Assert-Equal @("$id,Repair-SchannelGroupPolicy", $category) @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
        Assert-Equal 0 $global:Domain.Backups.Count
    }
}
Test-That 'what is not there after the writing is told' {
    Reset-Domain
    $global:Domain.Forget = $true
    $failure = Get-Failure { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath (New-Folder) -ErrorAction Stop }
    Assert-Equal 'READ_BACK_DIFFERS,Repair-SchannelGroupPolicy' $failure.FullyQualifiedErrorId
}
Test-That 'no domain, and no rights, are one clear error each' {
    $global:Domain.Failure = [System.InvalidOperationException]::new('The current security context is not associated with a domain.')
    Assert-Equal 'DOMAIN_NOT_REACHED,Get-SchannelGroupPolicy' (Get-Failure { Get-SchannelGroupPolicy }).FullyQualifiedErrorId
    $global:Domain.Failure = [System.UnauthorizedAccessException]::new('Access is denied.')
    $failure = Get-Failure { Get-SchannelGroupPolicy }
    Assert-Equal @('ACCESS_DENIED,Get-SchannelGroupPolicy', 'PermissionDenied') @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
    $global:Domain.Failure = $null
}
Test-That 'a program that ends midway is told as that, and ends the command' {
    Reset-Domain
    [void] (Use-Script 'process.exitCode = 77')
    try {
        Assert-Equal 'NODE_ENDED,Get-SchannelGroupPolicy' (Get-Failure { Get-SchannelGroupPolicy -ErrorAction SilentlyContinue }).FullyQualifiedErrorId
        $failure = Get-Failure { Repair-SchannelGroupPolicy -Name Broken -Force -BackupPath (New-Folder) -ErrorAction SilentlyContinue }
        Assert-Equal 'NODE_ENDED,Repair-SchannelGroupPolicy' $failure.FullyQualifiedErrorId
        Assert-Equal $broken $global:Domain.Policies[0].Value
    } finally {
        [void] (Use-Machine @())
    }
}
Test-That 'without the module GroupPolicy, one clear error' {
    Get-Module GroupPolicy | ForEach-Object { Remove-Module $_ }
    [System.Environment]::SetEnvironmentVariable('PSModulePath', (New-Folder))
    try {
        $failure = Get-Failure { Get-SchannelGroupPolicy }
        Assert-Equal @('GROUP_POLICY_MODULE_MISSING,Get-SchannelGroupPolicy', 'NotInstalled') @($failure.FullyQualifiedErrorId, [string] $failure.CategoryInfo.Category)
        Assert-Like '*Rsat.GroupPolicy*' $failure.Exception.Message
    } finally {
        [System.Environment]::SetEnvironmentVariable('PSModulePath', "$modules$separator$modulePath")
    }
}

$key = 'SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
Test-That 'Get-SchannelDheStatus -PolicySource names the Group Policy object that won' {
    [void] (Use-Machine '--simulate', 'ws2022')
    function global:Get-CimInstance([string] $Namespace, [string] $ClassName) {
        if ($Namespace -ne 'root\rsop\computer') { throw 'another namespace' }
        if ($ClassName -eq 'RSOP_GPO') {
            foreach ($number in 1, 2) { [pscustomobject]@{ id = "CN={$number},CN=Policies"; name = "Policy $number" } }
            return
        }
        foreach ($row in @(2, 1, $key, 'Functions'), @(1, 2, $key, 'Functions'), @(1, 1, $key, 'EccCurves'), @(1, 1, 'SOFTWARE\X', 'Functions')) {
            [pscustomobject]@{ precedence = $row[0]; GPOID = "CN={$($row[1])},CN=Policies"; registryKey = $row[2]; valueName = $row[3]; deleted = $false }
        }
    }
    $source = (Get-SchannelDheStatus -PolicySource).PolicySource
    Assert-Equal @('Policy 2', 'CN={2},CN=Policies', 1, 'SchannelDhe.PolicySource') @($source.Name, $source.GpoId, $source.Precedence, $source.PSTypeNames[0])
    Assert-Equal $null (Get-SchannelDheStatus).PolicySource
}
Test-That 'where nothing set it, no source; where nobody can tell, an error and the status all the same' {
    function global:Get-CimInstance { }
    Assert-Equal $null (Get-SchannelDheStatus -PolicySource).PolicySource
    function global:Get-CimInstance { throw 'Access denied' }
    $status = Get-SchannelDheStatus -PolicySource -ErrorAction SilentlyContinue -ErrorVariable failures
    Assert-Equal 'dhe-offered' $status.Verdict
    Assert-Equal @('RSOP_NOT_AVAILABLE,Get-SchannelDheStatus', 'ResourceUnavailable') @($failures[-1].FullyQualifiedErrorId, [string] $failures[-1].CategoryInfo.Category)
}

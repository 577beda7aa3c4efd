# Where a Group Policy object is linked, from its report.
function Get-GroupPolicyLink($Policy, [hashtable] $Where) {
    $report = [xml] (Get-GPOReport -Guid $Policy.Id -ReportType Xml @Where -ErrorAction Stop)
    foreach ($link in $report.DocumentElement.GetElementsByTagName('LinksTo')) {
        [pscustomobject]@{
            PSTypeName = 'SchannelDhe.GroupPolicyLink'
            Path = $link.SOMPath
            IsEnabled = $link.Enabled -eq 'true'
            IsEnforced = $link.NoOverride -eq 'true'
        }
    }
}

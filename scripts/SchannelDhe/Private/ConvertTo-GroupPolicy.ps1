# A Group Policy object with the verdict on its order; nothing, and the caller's error, where the program gives none.
function ConvertTo-GroupPolicy {
    [CmdletBinding()]
    [OutputType('SchannelDhe.GroupPolicy')]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [object] $Policy,
        [Parameter(Mandatory)] [pscustomobject] $Order,
        [AllowEmptyCollection()] [AllowNull()] [object[]] $Links
    )

    $document = Invoke-SchannelDhe -Caller $Caller -ArgumentList 'policy', 'text' -InputText $Order.Text
    if ($null -eq $document) { return }
    # Microsoft's own text for the setting lets every name end with a comma.
    $isSame = $Order.Type -eq 'String' -and $document.text -ceq $Order.Text.TrimEnd(',')
    $verdict = if ($isSame) { 'in-order' }
        elseif ($document.outcome -eq 'refused') { 'refused' }
        elseif ($document.length.length -gt $document.length.limit) { 'too-long' }
        else { 'needs-repair' }
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.GroupPolicy'
        Name = $Policy.DisplayName
        Guid = [guid] $Policy.Id
        Domain = $Policy.DomainName
        Verdict = $verdict
        DheSuites = [string[]] @(foreach ($name in $document.removed) { if ($name -like 'TLS_DHE_*') { $name } })
        FaultCount = [int] $document.faultCount
        Type = $Order.Type
        Text = $Order.Text
        CorrectedText = $document.text
        Links = @($Links)
    }
}

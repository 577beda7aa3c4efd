function ConvertTo-Status {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Status')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document,
        # The file that was read; none is this machine.
        [object] $Path,
        [object] $PolicySource
    )

    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.Status'
        Verdict = $Document.verdict
        IsDheOffered = @{ 'dhe-offered' = $true; 'no-dhe-offered' = $false }[$Document.verdict]
        GoverningLayer = ConvertTo-LayerName $Document.governance.layer
        IsCertain = $Document.governance.certain
        DheSuites = [string[]] @($Document.dheSuites)
        OfferedSuites = [string[]] @(foreach ($one in $Document.offered) { $one })
        Findings = @(foreach ($finding in $Document.findings) { ConvertTo-Finding $finding })
        Windows = $Document.windows
        Path = $Path
        PolicySource = $PolicySource
    }
}

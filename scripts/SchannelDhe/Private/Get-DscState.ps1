# What the DSC resource answers of this machine. Where it cannot be looked at, the reason says why.
function Get-DscState {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $ErrorActionPreference = 'Stop'
    $state = @{
        IsSingleInstance = 'Yes'
        DheOffered = $null
        Verdict = 'unknown'
        GoverningLayer = $null
        DheSuites = [string[]] @()
        RestartAdvised = $null
    }
    try {
        $document = Get-StatusDocument
        $status = ConvertTo-Status -Document $document
        $state.DheOffered = $status.IsDheOffered
        $state.Verdict = $status.Verdict
        $state.GoverningLayer = $status.GoverningLayer
        $state.DheSuites = $status.DheSuites
        $state.RestartAdvised = @($status.Findings | Where-Object { $_.Id -eq 'restart-advised' }).Count -gt 0
        $reason = @{ Code = $status.Verdict; Phrase = Get-VerdictSentence $document }
    } catch {
        Clear-HandledError $_
        $reason = @{ Code = $_.FullyQualifiedErrorId.Split(',')[0]; Phrase = $_.Exception.Message }
    }
    # The form that Machine Configuration wants: resource, resource, id.
    $reason.Code = "SchannelDheCipherSuiteOrder:SchannelDheCipherSuiteOrder:$($reason.Code)"
    $state.Reasons = @($reason)
    $state
}

# A function of its own, since the errors of a caller end it, whatever it would catch.
function Get-StatusDocument {
    [CmdletBinding()]
    param()

    Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList 'status'
}

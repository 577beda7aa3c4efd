function ConvertTo-Evidence {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Evidence')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document
    )

    $totals = $Document.totals
    $keyExchanges = ConvertTo-CountTable $totals.keyExchanges
    $removal = ConvertTo-CountTable $totals.removal
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.Evidence'
        Verdict = $Document.verdict
        IsDheSeen = if ($Document.verdict -ne 'unknown') { $Document.verdict -eq 'dhe-seen' }
        First = ConvertTo-OptionalTime $Document.first
        Last = ConvertTo-OptionalTime $Document.last
        Seen = [long] $totals.seen
        DheSeen = [long] $keyExchanges['DHE']
        KeyExchanges = $keyExchanges
        LeftWithNothing = [long] $removal['left-with-nothing']
        Fault = $Document.fault.verdict.id
        FailureEvents = @(foreach ($event in $Document.failureEvents) {
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.EvidenceFailure'
                EventId = [int] $event.event
                Alert = $event.alert
                Count = [long] $event.count
            }
        })
        Sources = @(foreach ($source in $Document.sources) {
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.EvidenceSource'
                Source = $source.source
                Form = $source.form
                Seen = [long] $source.observations
                Untold = [long] $source.untold
                Malformed = [long] $source.malformed.count
                Problem = $source.problem
            }
        })
        SkippedFiles = [string[]] @(foreach ($skipped in $Document.skipped) { $skipped.source })
        Peers = @(foreach ($peer in $Document.peers) { ConvertTo-EvidencePeer $peer })
    }
}

function ConvertTo-EvidenceComparison {
    [CmdletBinding()]
    [OutputType('SchannelDhe.EvidenceComparison')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document
    )

    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.EvidenceComparison'
        Verdict = $Document.verdict
        IsBroken = if ($Document.verdict -ne 'too-little') { $Document.verdict -eq 'these-broke' }
        Doubts = [string[]] @(foreach ($doubt in $Document.doubts) { $doubt })
        Hours = if ($null -ne $Document.windows) { [double] $Document.windows.hours }
        Events = @(foreach ($event in $Document.events) {
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.EvidenceEventChange'
                EventId = [int] $event.event
                Before = [long] $event.before
                After = [long] $event.after
                Chance = [double] $event.chance
            }
        })
        Broke = @(foreach ($peer in $Document.broke) { ConvertTo-EvidencePeerChange $peer })
        NewPeersThatFail = @(foreach ($peer in $Document.newPeersThatFail) { ConvertTo-EvidencePeerChange $peer })
        Missing = @(foreach ($peer in $Document.missing) { ConvertTo-EvidencePeerChange $peer })
    }
}

function ConvertTo-EvidencePeer($Peer) {
    $keyExchanges = ConvertTo-CountTable $Peer.keyExchanges
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.EvidencePeer'
        Peer = Get-PeerName $Peer
        Role = $Peer.role
        Client = $Peer.client
        Server = $Peer.server
        Port = $Peer.port
        Name = $Peer.name
        Seen = [long] $Peer.seen
        DheSeen = [long] $keyExchanges['DHE']
        Failed = [long] $Peer.failed
        KeyExchanges = $keyExchanges
        Protocols = ConvertTo-CountTable $Peer.protocols
        CipherSuites = ConvertTo-CountTable $Peer.suites
        First = ConvertTo-OptionalTime $Peer.first
        Last = ConvertTo-OptionalTime $Peer.last
        OnlyDhe = [bool] $Peer.onlyDhe
        Removal = $Peer.removal.id
        Reason = $Peer.removal.reason
        Fault = if ($null -ne $Peer.fault) { $Peer.fault.id }
    }
}

function ConvertTo-EvidencePeerChange($Peer) {
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.EvidencePeerChange'
        Peer = Get-PeerName $Peer
        Role = $Peer.role
        Client = $Peer.client
        Server = $Peer.server
        Port = $Peer.port
        Name = $Peer.name
        Seen = [long] $Peer.seen
        Failed = [long] $Peer.failed
    }
}

# The other end, where this computer is one of the two.
function Get-PeerName($Peer) {
    $other = if ($Peer.role -eq 'server') { $Peer.client } elseif ($null -ne $Peer.name) { $Peer.name } else { $Peer.server }
    if ($null -ne $other) { $other } else { $Peer.name }
}

# Names of the program's JSON, such as 'TLS 1.3', with their counts.
function ConvertTo-CountTable($Counts) {
    $table = [ordered]@{}
    foreach ($property in $Counts.PSObject.Properties) { $table[$property.Name] = [long] $property.Value }
    $table
}

function ConvertTo-OptionalTime($Value) {
    if ($null -ne $Value) { ConvertTo-UtcTime $Value }
}

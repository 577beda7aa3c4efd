function ConvertTo-ProbeResult {
    [CmdletBinding()]
    [OutputType('SchannelDhe.ProbeResult')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document
    )

    # Each verdict has its own properties beside id.
    $verdict = @{}
    foreach ($property in $Document.verdict.PSObject.Properties) { $verdict[$property.Name] = $property.Value }
    $server = $Document.server
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.ProbeResult'
        ComputerName = $Document.host
        Port = [int] $Document.port
        Verdict = $verdict.id
        IsAffected = if ($verdict.id -ne 'inconclusive') { $verdict.id -eq 'affected' }
        Reason = $verdict['reason']
        Faults = [string[]] @(foreach ($fault in $verdict['faults']) { $fault })
        FailureRate = $verdict['failureRate']
        OneIn = $verdict['oneIn']
        CipherSuite = if ($null -ne $server) { $server.suite }
        Group = if ($null -ne $server) { $server.group }
        GroupBits = if ($null -ne $server) { $server.groupBits }
        Handshakes = @(foreach ($case in $Document.cases) {
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.ProbeHandshake'
                Id = $case.id
                Outcome = $case.outcome
                Result = $case.result
                Detail = $case.detail
                Milliseconds = [int] $case.milliseconds
            }
        })
    }
}

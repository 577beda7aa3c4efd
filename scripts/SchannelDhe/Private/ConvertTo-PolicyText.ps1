function ConvertTo-PolicyText {
    [CmdletBinding()]
    [OutputType('SchannelDhe.PolicyText')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [Parameter(Mandatory)] [bool] $IsTooLong
    )

    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.PolicyText'
        Text = $Document.text
        Suites = [string[]] @($Document.list)
        RemovedSuites = [string[]] @($Document.removed)
        Faults = @(foreach ($fault in $Document.faults) {
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.PolicyFault'
                Kind = $fault.kind
                Position = [int] $fault.position
                Length = [int] $fault.length
                Found = $fault.found
                Action = $fault.action
            }
        })
        FaultCount = [int] $Document.faultCount
        Length = $Document.text.Length
        IsTooLong = $IsTooLong
    }
}

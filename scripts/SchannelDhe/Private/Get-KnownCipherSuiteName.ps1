# Every name that Schannel ever documented, for tab completion.
function Get-KnownCipherSuiteName {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($null -eq $script:KnownNames) {
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList 'suites'
        $script:KnownNames = @(foreach ($suite in $document.suites) { $suite.name })
    }
    $script:KnownNames
}

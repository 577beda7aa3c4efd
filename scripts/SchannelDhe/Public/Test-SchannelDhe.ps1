# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Tests that Schannel offers no DHE cipher suite.
#
# .DESCRIPTION
# Answers $true where no DHE suite is offered, and $false where one is. It changes nothing and needs no administrator rights.
#
# .PARAMETER Detailed
# Answers with an object that also gives the reason.
#
# .EXAMPLE
# if (-not (Test-SchannelDhe)) { Disable-SchannelDhe }
#
# .EXAMPLE
# Invoke-Command -ComputerName (Get-Content servers.txt) { Test-SchannelDhe -Detailed }
#
# The same on many servers that have the module.
#
# .OUTPUTS
# System.Boolean, or with -Detailed SchannelDhe.TestResult with the properties IsPassed, Reason, GoverningLayer and DheSuites.
#
# .LINK
# Get-SchannelDheStatus
function Test-SchannelDhe {
    [CmdletBinding()]
    [OutputType([bool])]
    [OutputType('SchannelDhe.TestResult')]
    param(
        [switch] $Detailed
    )

    try {
        Use-CallerPreference $PSCmdlet
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList 'status'
        if ($null -eq $document) { return }
        $isPassed = $document.verdict -eq 'no-dhe-offered'
        if (-not $Detailed) { return $isPassed }
        [pscustomobject]@{
            PSTypeName = 'SchannelDhe.TestResult'
            IsPassed = $isPassed
            Reason = Get-VerdictSentence $document
            GoverningLayer = ConvertTo-LayerName $document.governance.layer
            DheSuites = [string[]] @($document.dheSuites)
        }
    } catch {
        Stop-Command $PSCmdlet $_
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets whether Schannel offers DHE cipher suites, which layer decides that, and everything found on the way.
#
# .DESCRIPTION
# Reads the three layers of the configuration (Group Policy, MDM, the local list) and what Windows answers, and judges them.
# It changes nothing and needs no administrator rights.
#
# .PARAMETER Path
# A registry export (.reg) or a saved snapshot of another machine, taken literally. Without it, this machine is read.
#
# .PARAMETER PolicySource
# Names the Group Policy object that sets the list on this machine, from the Resultant Set of Policy. Windows shows that to
# administrators alone.
#
# .EXAMPLE
# Get-SchannelDheStatus
#
# .EXAMPLE
# (Get-SchannelDheStatus).Findings | Where-Object Severity -eq error
#
# What must be looked at.
#
# .EXAMPLE
# Get-ChildItem -Filter *.reg | Get-SchannelDheStatus
#
# The exports of many machines.
#
# .EXAMPLE
# (Get-SchannelDheStatus -PolicySource).PolicySource
#
# Which Group Policy object wins.
#
# .INPUTS
# System.String, or files from Get-ChildItem.
#
# .OUTPUTS
# SchannelDhe.Status with the properties Verdict (dhe-offered, no-dhe-offered, unknown), IsDheOffered ($null where it cannot be
# seen), GoverningLayer, IsCertain, DheSuites, OfferedSuites, Findings (Id, Severity, Message, Data), Windows, Path and
# PolicySource.
#
# .LINK
# Test-SchannelDhe
#
# .LINK
# Disable-SchannelDhe
function Get-SchannelDheStatus {
    [CmdletBinding(DefaultParameterSetName = 'Machine')]
    [OutputType('SchannelDhe.Status')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Export', Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [Alias('FullName', 'PSPath', 'LiteralPath')]
        [string] $Path,

        [Parameter(ParameterSetName = 'Machine')]
        [switch] $PolicySource
    )

    process {
        $arguments = @('status')
        $file = $null
        if ($PSCmdlet.ParameterSetName -eq 'Export') {
            $file = Resolve-FilePath -Caller $PSCmdlet -Path $Path
            $arguments += '--from', $file
        }
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -TargetObject $file
        if ($null -eq $document) { return }
        $isOffered = @{ 'dhe-offered' = $true; 'no-dhe-offered' = $false }[$document.verdict]
        [pscustomobject]@{
            PSTypeName = 'SchannelDhe.Status'
            Verdict = $document.verdict
            IsDheOffered = $isOffered
            GoverningLayer = ConvertTo-LayerName $document.governance.layer
            IsCertain = $document.governance.certain
            DheSuites = [string[]] @($document.dheSuites)
            OfferedSuites = [string[]] @(foreach ($one in $document.offered) { $one })
            Findings = @(foreach ($finding in $document.findings) {
                [pscustomobject]@{
                    PSTypeName = 'SchannelDhe.Finding'
                    Id = $finding.id
                    Severity = $finding.severity
                    Message = $finding.message
                    Data = $finding.data
                }
            })
            Windows = $document.windows
            Path = $file
            PolicySource = if ($PolicySource) { Get-PolicySource -Caller $PSCmdlet }
        }
    }
}

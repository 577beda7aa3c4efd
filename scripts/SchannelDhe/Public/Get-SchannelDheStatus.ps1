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
# What tells of other machines: registry exports (.reg), hives, scripts, what reg query and Get-TlsCipherSuite printed, reports of
# Group Policy, Registry.pol, saved snapshots. Wildcards are permitted. Without it, this machine is read.
#
# .PARAMETER LiteralPath
# The same, taken literally.
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
        [Parameter(Mandatory, ParameterSetName = 'Path', Position = 0, ValueFromPipeline)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Path,

        [Parameter(Mandatory, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [Alias('PSPath', 'FullName', 'LP')]
        [string[]] $LiteralPath,

        [Parameter(ParameterSetName = 'Machine')]
        [switch] $PolicySource
    )

    begin {
        $files = [System.Collections.Generic.List[string]]::new()
    }
    process {
        try {
            Use-CallerPreference $PSCmdlet
            $isLiteral = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
            $named = if ($isLiteral) { $LiteralPath } else { $Path }
            foreach ($file in Resolve-InputPath -Caller $PSCmdlet -Path $named -IsLiteral:$isLiteral) { $files.Add($file) }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
    end {
        try {
            if ($PSCmdlet.ParameterSetName -ne 'Machine' -or $MyInvocation.ExpectingInput) {
                if ($files.Count -eq 0) { return }
                $words = { param($file) 'status', "--from=$file" }
                foreach ($read in Invoke-ForEachFile -Caller $PSCmdlet -File $files -ArgumentList $words) {
                    ConvertTo-Status -Document $read.Document -Path $read.File
                }
                return
            }
            $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList 'status'
            if ($null -eq $document) { return }
            $source = if ($PolicySource) { Get-PolicySource -Caller $PSCmdlet }
            ConvertTo-Status -Document $document -PolicySource $source
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets who negotiates DHE, out of event logs, server logs and captures, and whom its removal would leave with nothing.
#
# .DESCRIPTION
# Reads all sources together: events of Schannel as XML, logs of IIS, Exchange and Zeek, the output of tshark, and captures where
# Wireshark is installed. Each peer is judged by the suites that stay on this computer without DHE. With -Before and -After it
# compares two times, and tells whether anything broke. It changes nothing.
#
# .PARAMETER Path
# Files, or folders with all below. Wildcards are permitted.
#
# .PARAMETER LiteralPath
# The same, taken literally.
#
# .PARAMETER EventLog
# Reads the events of Schannel in the System log of this computer.
#
# .PARAMETER Before
# Files or folders from before a change.
#
# .PARAMETER After
# Files or folders from after it.
#
# .PARAMETER ListPath
# Judges by the list in these files, such as an export of another computer, instead of by the list of this one.
#
# .PARAMETER LocalAddress
# The addresses of this computer in a capture. Without it, the one that is in every connection.
#
# .PARAMETER Html
# Also writes one page with everything to this file, for a change board. It needs no network.
#
# .EXAMPLE
# (Get-SchannelDheEvidence C:\inetpub\logs\LogFiles).Peers | Where-Object OnlyDhe
#
# The clients of IIS that negotiated nothing but DHE.
#
# .EXAMPLE
# Get-ChildItem D:\Captures | Get-SchannelDheEvidence -Html D:\evidence.html
#
# .EXAMPLE
# Get-SchannelDheEvidence -Before D:\last-week -After D:\this-week
#
# Whether anything broke.
#
# .INPUTS
# System.String, or files and folders from Get-ChildItem.
#
# .OUTPUTS
# SchannelDhe.Evidence with the properties Verdict (dhe-seen, no-dhe-seen, unknown), IsDheSeen ($null where it is not known), First,
# Last, Seen, DheSeen, Peers (Peer, Role, Client, Server, Port, Name, Seen, DheSeen, Failed, First, Last, OnlyDhe, Removal, Reason
# and more), LeftWithNothing, Fault, FailureEvents, Sources and SkippedFiles.
# With -Before and -After SchannelDhe.EvidenceComparison with Verdict (nothing-broke, these-broke, too-little), Doubts, Hours, Events,
# Broke, NewPeersThatFail and Missing.
#
# .LINK
# Disable-SchannelDhe
#
# .LINK
# Invoke-SchannelDheProbe
function Get-SchannelDheEvidence {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    [OutputType('SchannelDhe.Evidence', 'SchannelDhe.EvidenceComparison')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Path', Position = 0, ValueFromPipeline)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Path,

        [Parameter(Mandatory, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [Alias('PSPath', 'FullName', 'LP')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory, ParameterSetName = 'EventLog')]
        [switch] $EventLog,

        [Parameter(Mandatory, ParameterSetName = 'Comparison')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Before,

        [Parameter(Mandatory, ParameterSetName = 'Comparison')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $After,

        [Parameter(ParameterSetName = 'Path')]
        [Parameter(ParameterSetName = 'LiteralPath')]
        [Parameter(ParameterSetName = 'EventLog')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $ListPath,

        [ValidatePattern('^[0-9A-Fa-f.:]+$')]
        [string[]] $LocalAddress,

        [Parameter(ParameterSetName = 'Path')]
        [Parameter(ParameterSetName = 'LiteralPath')]
        [Parameter(ParameterSetName = 'EventLog')]
        [ValidateNotNullOrEmpty()]
        [string] $Html
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
            $arguments = @('evidence')
            foreach ($address in $LocalAddress) { $arguments += "--local=$address" }
            if ($PSCmdlet.ParameterSetName -eq 'Comparison') {
                foreach ($file in Resolve-InputPath -Caller $PSCmdlet -Path $Before) { $arguments += "--before=$file" }
                foreach ($file in Resolve-InputPath -Caller $PSCmdlet -Path $After) { $arguments += "--after=$file" }
            } else {
                foreach ($file in Resolve-InputPath -Caller $PSCmdlet -Path $ListPath) { $arguments += "--from=$file" }
                foreach ($file in $(if ($Html -ne '') { Resolve-InputPath -Caller $PSCmdlet -Path $Html -IsLiteral })) { $arguments += "--html=$file" }
                if ($EventLog) { $arguments += '--events' } elseif ($files.Count -eq 0) { return } else { $arguments += @('--') + $files }
            }
            $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -TimeoutSeconds 86400
            if ($null -eq $document) { return }
            if ($document.kind -eq 'evidence-comparison') { return ConvertTo-EvidenceComparison $document }
            foreach ($skipped in $document.skipped) {
                # Other files of a folder are no errors.
                if ($skipped.code -eq 'INVALID_INPUT') { continue }
                $message = $script:Strings.SourceNotRead -f $skipped.source, $skipped.code
                $PSCmdlet.WriteError((New-ErrorRecord $skipped.code ReadError $message -TargetObject $skipped.source))
            }
            ConvertTo-Evidence $document
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Probes whether TLS servers have the leading-zero fault of DHE, the one behind connections that fail once in 256 times.
#
# .DESCRIPTION
# Makes a few TLS 1.2 handshakes with DHE whose keys begin with zero bytes on purpose, and judges the server by what it does. It
# logs on to nothing, and reads and changes nothing on this computer. Several servers are probed at once.
#
# .PARAMETER ComputerName
# The servers, by name or address.
#
# .PARAMETER Port
# Their port; without it that of the protocol.
#
# .PARAMETER Protocol
# What to say before TLS, such as Smtp (STARTTLS), Tds (SQL Server) or Rdp. Tls is TLS from the first byte, port 443.
#
# .PARAMETER ServerName
# The name that the servers are asked for (SNI), where it is not that of the computer.
#
# .PARAMETER TimeoutSec
# Seconds for each handshake, from 0.1 to 600.
#
# .PARAMETER TotalTimeoutSec
# Seconds for all of it, from 0.1 to 86400; what is known by then is the result.
#
# .PARAMETER Hunt
# Up to so many more connections, to see a zero byte in the server's own value too.
#
# .EXAMPLE
# Invoke-SchannelDheProbe -ComputerName www.contoso.com
#
# .EXAMPLE
# Get-Content servers.txt | Invoke-SchannelDheProbe | Where-Object IsAffected
#
# Which of many have the fault.
#
# .EXAMPLE
# Invoke-SchannelDheProbe sql1 -Protocol Tds
#
# A SQL Server.
#
# .INPUTS
# System.String, or any object with the property ComputerName, DNSHostName or HostName.
#
# .OUTPUTS
# SchannelDhe.ProbeResult with the properties ComputerName, Port, Verdict (affected, not-affected, no-dhe-offered, inconclusive),
# IsAffected ($null where it is inconclusive), Reason, Faults, FailureRate, OneIn, CipherSuite, Group, GroupBits and Handshakes.
#
# .LINK
# Test-SchannelDhe
function Invoke-SchannelDheProbe {
    [CmdletBinding()]
    [OutputType('SchannelDhe.ProbeResult')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        # A line each goes to the program, where # begins a comment.
        [ValidatePattern('^[^\s#/-][^\s/]*$')]
        [Alias('DNSHostName', 'HostName')]
        [string[]] $ComputerName,

        [ValidateRange(1, 65535)]
        [int] $Port,

        [ValidateSet('Tls', 'Smtp', 'Imap', 'Pop3', 'Ldap', 'Postgres', 'MySql', 'Ftp', 'Xmpp', 'Sieve', 'Nntp', 'Tds', 'Rdp')]
        [string] $Protocol = 'Tls',

        [ValidatePattern('^[^\s-]\S*$')]
        [string] $ServerName,

        [ValidateRange(0.1, 600)]
        [double] $TimeoutSec = 5,

        [ValidateRange(0.1, 86400)]
        [double] $TotalTimeoutSec,

        [ValidateRange(0, 100000)]
        [int] $Hunt = 0
    )

    begin {
        $targets = [System.Collections.Generic.List[string]]::new()
    }
    process {
        foreach ($name in $ComputerName) {
            $isAddress = $name.Contains(':') -and -not $name.StartsWith('[')
            $targets.Add($(if ($Port -eq 0) { $name } elseif ($isAddress) { "[$name]:$Port" } else { "${name}:$Port" }))
        }
    }
    end {
        try {
            Use-CallerPreference $PSCmdlet
            if ($targets.Count -eq 0) { return }
            $culture = [System.Globalization.CultureInfo]::InvariantCulture
            $arguments = @('probe', '--hosts=-', "--timeout=$($TimeoutSec.ToString($culture))", "--hunt=$Hunt")
            switch ($Protocol) {
                'Tls' { }
                { $_ -in 'Tds', 'Rdp' } { $arguments += "--$($Protocol.ToLowerInvariant())" }
                default { $arguments += "--starttls=$($Protocol.ToLowerInvariant())" }
            }
            if ($ServerName -ne '') { $arguments += "--server-name=$ServerName" }
            if ($TotalTimeoutSec -gt 0) { $arguments += "--total=$($TotalTimeoutSec.ToString($culture))" }
            $request = New-Request $arguments ($targets -join "`n")
            $answer = Send-Request -Caller $PSCmdlet -Request $request -TimeoutSeconds 86400
            # A document for each server, on a line each.
            $lines = @($answer.Output.Split("`n") | Where-Object { $_ -ne '' })
            if ($lines.Count -eq 0) { $lines = @('') }
            foreach ($line in $lines) {
                $one = [pscustomobject]@{ Output = $line; ErrorText = $answer.ErrorText; ExitCode = $answer.ExitCode }
                $document = Receive-Document -Caller $PSCmdlet -Answer $one
                # The last line counts them.
                if ($null -ne $document -and $document.kind -eq 'probe') { ConvertTo-ProbeResult $document }
            }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets the TLS cipher suites of a layer of Schannel's configuration, in their order of priority.
#
# .DESCRIPTION
# Lists what Windows answers when it is asked for its cipher suites (the list in force), or what one layer of its
# configuration holds. It changes nothing and needs no administrator rights.
#
# .PARAMETER Name
# The suites to get. Wildcards are permitted. A name without wildcards that the list does not hold is an error.
#
# .PARAMETER Layer
# Enumerated is the list in force, as Windows answers it; GroupPolicy, Mdm and Local are what those layers hold, whether in
# force or not; WindowsDefault is the list that this version of Windows came with.
#
# .PARAMETER DheOnly
# Only finite-field DHE suites, those that fail once in 256 times.
#
# .EXAMPLE
# Get-SchannelCipherSuite
#
# The list in force.
#
# .EXAMPLE
# Get-SchannelCipherSuite -DheOnly -Layer Local
#
# The DHE suites of the local list, also where a policy stands before it.
#
# .EXAMPLE
# '*GCM*', '*CHACHA20*' | Get-SchannelCipherSuite | Sort-Object Position
#
# Suites by name, from the pipeline.
#
# .INPUTS
# System.String, or any object with the property Name.
#
# .OUTPUTS
# SchannelDhe.CipherSuite with the properties Name, Position (0 is the first), Layer, IsDhe, IsKnown, KeyExchange,
# Authentication, Cipher, Hash, Protocols, CodePoint, HasForwardSecrecy and IsAead. A name that Schannel never documented has
# IsKnown $false and nothing beyond.
#
# .LINK
# Get-SchannelDheStatus
function Get-SchannelCipherSuite {
    [CmdletBinding()]
    [OutputType('SchannelDhe.CipherSuite')]
    param(
        [Parameter(Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [ValidateSet('Enumerated', 'GroupPolicy', 'Mdm', 'Local', 'WindowsDefault')]
        [string] $Layer = 'Enumerated',

        [switch] $DheOnly
    )

    begin {
        $names = [System.Collections.Generic.List[string]]::new()
    }
    process {
        if ($null -ne $Name) { $names.AddRange($Name) }
    }
    end {
        try {
            Use-CallerPreference $PSCmdlet
            # Nothing came through the pipeline: that asks for nothing, not for everything.
            if ($MyInvocation.ExpectingInput -and $names.Count -eq 0) { return }
            # The program spells layers with a small first letter. One process, however many names there are.
            $arguments = @('suites', "--layer=$($Layer.Substring(0, 1).ToLowerInvariant())$($Layer.Substring(1))")
            if ($DheOnly) { $arguments += '--dhe' }
            $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments
            if ($null -eq $document) { return }

            $exact = [System.Collections.Generic.Dictionary[string, bool]]::new([System.StringComparer]::OrdinalIgnoreCase)
            $patterns = @(foreach ($one in $names) {
                if ([System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($one)) {
                    [System.Management.Automation.WildcardPattern]::new($one, 'IgnoreCase')
                } else {
                    $exact[$one] = $false
                }
            })
            foreach ($suite in $document.suites) {
                $isWanted = $names.Count -eq 0
                if ($exact.ContainsKey($suite.name)) { $isWanted = $exact[$suite.name] = $true }
                foreach ($pattern in $patterns) { $isWanted = $isWanted -or $pattern.IsMatch($suite.name) }
                if ($isWanted) { ConvertTo-CipherSuite -Suite $suite -Layer $Layer }
            }
            foreach ($one in $exact.Keys) {
                if ($exact[$one]) { continue }
                $message = $script:Strings.SuiteNotFound -f $one, $Layer
                $PSCmdlet.WriteError((New-ErrorRecord CIPHER_SUITE_NOT_FOUND ObjectNotFound $message -TargetObject $one))
            }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

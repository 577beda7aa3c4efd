# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Repairs a text for the policy "SSL Cipher Suite Order" and takes the DHE suites out of it.
#
# .DESCRIPTION
# Finds the faults that make Windows ignore such a text (full-width commas, blanks, quotes, line breaks, doubled names and more)
# and answers with the text as it should be. Texts from the pipeline are the lines of one text. It reads and changes nothing on
# this machine.
#
# .PARAMETER Text
# The text, or its lines; or a listing, a script or a report in which the list stands.
#
# .PARAMETER Separator
# What stands between the names: a comma for Group Policy, a semicolon for MDM.
#
# .PARAMETER KeepDhe
# Repairs the text and leaves the DHE suites in it.
#
# .PARAMETER Shorten
# Drops suites that nobody should miss (NULL, RC4, export grade, SSL 2.0) where the text is too long for the policy editor.
#
# .PARAMETER Detailed
# Answers with an object that also lists the faults.
#
# .EXAMPLE
# Get-Clipboard | Repair-SchannelPolicyText | Set-Clipboard
#
# From the policy editor and back.
#
# .EXAMPLE
# (Get-Content order.txt | Repair-SchannelPolicyText -Detailed).Faults
#
# .INPUTS
# System.String
#
# .OUTPUTS
# System.String, or with -Detailed SchannelDhe.PolicyText with the properties Text, Suites, RemovedSuites, Faults (Kind,
# Position, Length, Found, Action), FaultCount, Length and IsTooLong. Where the guard against lock-out refuses the
# text, an error says why and nothing else is written.
function Repair-SchannelPolicyText {
    [CmdletBinding()]
    [OutputType([string])]
    [OutputType('SchannelDhe.PolicyText')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
        [AllowEmptyString()]
        [string[]] $Text,

        [ValidateSet(',', ';')]
        [string] $Separator = ',',

        [switch] $KeepDhe,
        [switch] $Shorten,
        [switch] $Detailed
    )

    begin {
        $lines = [System.Collections.Generic.List[string]]::new()
    }
    process {
        $lines.AddRange($Text)
    }
    end {
        try {
            Use-CallerPreference $PSCmdlet
            if ($lines.Count -eq 0) { return }
            $arguments = @('policy', 'text', "--separator=$Separator")
            if ($KeepDhe) { $arguments += '--keep-dhe' }
            if ($Shorten) { $arguments += '--shorten' }
            $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -InputText ($lines -join "`n")
            if ($null -eq $document) { return }
            if ($document.outcome -eq 'refused') {
                Write-OutcomeError -Caller $PSCmdlet -Document $document -Sentence (Get-OutcomeSentence $document)
                return
            }
            $isTooLong = $null -ne $document.length -and $document.length.length -gt $document.length.limit
            if ($isTooLong) {
                $PSCmdlet.WriteWarning(($script:Strings.TextTooLong -f $document.length.length, $document.length.limit))
            }
            if (-not $Detailed) { return $document.text }
            ConvertTo-PolicyText -Document $document -IsTooLong $isTooLong
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

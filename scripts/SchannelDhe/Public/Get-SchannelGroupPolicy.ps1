# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets the Group Policy objects of a domain that set the cipher suite order, with their links and a verdict on each.
#
# .DESCRIPTION
# Reads every Group Policy object with Microsoft's module GroupPolicy (part of the Remote Server Administration Tools), and
# judges those that set "SSL Cipher Suite Order". It changes nothing.
#
# .PARAMETER Domain
# The domain by its DNS name; without it that of the user.
#
# .EXAMPLE
# Get-SchannelGroupPolicy | Where-Object Verdict -ne in-order
#
# The ones that need work.
#
# .EXAMPLE
# Get-SchannelGroupPolicy -Domain contoso.com | Repair-SchannelGroupPolicy -WhatIf
#
# .OUTPUTS
# SchannelDhe.GroupPolicy with the properties Name, Guid, Domain, Verdict (in-order, needs-repair, too-long, refused), DheSuites,
# FaultCount, Type, Text, CorrectedText and Links (Path, IsEnabled, IsEnforced).
#
# .LINK
# Repair-SchannelGroupPolicy
function Get-SchannelGroupPolicy {
    [CmdletBinding()]
    [OutputType('SchannelDhe.GroupPolicy')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Domain
    )

    try {
        Use-CallerPreference $PSCmdlet
        Import-GroupPolicyModule -Caller $PSCmdlet
        $where = @{}
        if ($Domain -ne '') { $where.Domain = $Domain }
        try {
            $policies = @(Get-GPO -All @where -ErrorAction Stop)
        } catch {
            $PSCmdlet.ThrowTerminatingError((ConvertTo-GroupPolicyError $_ $Domain))
        }
        foreach ($policy in $policies) {
            try {
                $order = Get-CipherSuiteOrder -Policy $policy -Where $where
                if ($null -eq $order) { continue }
                $links = @(Get-GroupPolicyLink $policy $where)
            } catch {
                # One that cannot be read does not hide the others.
                $PSCmdlet.WriteError((ConvertTo-GroupPolicyError $_ $policy.DisplayName))
                continue
            }
            ConvertTo-GroupPolicy -Caller $PSCmdlet -Policy $policy -Order $order -Links $links
        }
    } catch {
        Stop-Command $PSCmdlet $_
    }
}

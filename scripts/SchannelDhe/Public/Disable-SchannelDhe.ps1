# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Removes the DHE cipher suites from Schannel's list, and keeps everything else in its order.
#
# .DESCRIPTION
# Backs the list up, removes the DHE suites one by one through Windows' own functions, asks Windows for the list again to prove
# the result, and puts everything back where a step fails. Where Group Policy or MDM sets the list it changes nothing, and the
# error carries the corrected policy and how to deploy it. It needs administrator rights. Restart afterwards, to be sure that
# every service uses the new list.
#
# .PARAMETER LocalList
# Cleans the local list also where a policy stands before it. The policy stays in force, and the error says so.
#
# .PARAMETER Strict
# Refuses where it would otherwise warn of what the removal costs.
#
# .PARAMETER PassThru
# Answers with the outcome.
#
# .PARAMETER Force
# Does not ask. -WhatIf still changes nothing.
#
# .EXAMPLE
# Disable-SchannelDhe -WhatIf
#
# What would be removed.
#
# .EXAMPLE
# Disable-SchannelDhe
#
# Asks, and removes the suites.
#
# .EXAMPLE
# $outcome = Disable-SchannelDhe -Force -PassThru; $outcome.RestartAdvised
#
# Unattended.
#
# .OUTPUTS
# None, or with -PassThru SchannelDhe.Outcome with the properties Operation, Outcome (nothing-to-do, changed, governed-by-policy,
# refused, failed-undone, failed-undo-incomplete; with -WhatIf would-change too), IsChanged, RestartAdvised, BackupId, Suites,
# GoverningLayer, PolicyText and Message.
#
# .LINK
# Restore-SchannelCipherSuite
function Disable-SchannelDhe {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    [OutputType('SchannelDhe.Outcome')]
    param(
        [switch] $LocalList,
        [switch] $Strict,
        [switch] $PassThru,
        [switch] $Force
    )

    try {
        Use-CallerPreference $PSCmdlet
        $arguments = @('disable')
        if ($LocalList) { $arguments += '--local-list' }
        if ($Strict) { $arguments += '--strict' }
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList ($arguments + '--dry-run')
        if ($null -eq $document) { return }

        $outcome = $document.outcome
        if ($document.plan.verdict -eq 'change') {
            $outcome = 'would-change'
            $suites = @(foreach ($step in $document.plan.steps) { $step.name })
            $description = $script:Strings.RemoveDescription -f $suites.Count, ($suites -join ', ')
            $question = $script:Strings.RemoveQuestion -f $suites.Count, ($suites -join "`n")
            # -Force answers the question and leaves -WhatIf in force.
            if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
            if (Confirm-Change -Caller $PSCmdlet -Description $description -Question $question -Caption $script:Strings.RemoveCaption) {
                $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList ($arguments + '--yes') -IsChange
                if ($null -eq $document) { return }
                $outcome = $document.outcome
            }
        }
        Complete-Change -Caller $PSCmdlet -Document $document -Outcome $outcome -PassThru:$PassThru
    } catch {
        Stop-Command $PSCmdlet $_
    }
}

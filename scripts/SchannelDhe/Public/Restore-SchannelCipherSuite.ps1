# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Puts the cipher suites of a backup back where they stood.
#
# .DESCRIPTION
# Adds the suites that a change removed at their old places, asks Windows for the list again to prove the result, and undoes
# everything where a step fails. It refuses where the list was changed by somebody else since. It needs administrator
# rights; -WhatIf does not, and names the backup and the suites.
#
# .PARAMETER BackupId
# Which backup; without it that of an interrupted change, else the newest.
#
# .PARAMETER IgnoreDrift
# Restores also into a list that was changed since, each suite behind the neighbour that it had.
#
# .PARAMETER Force
# Does not ask. -WhatIf still changes nothing.
#
# .PARAMETER PassThru
# Answers with the outcome.
#
# .EXAMPLE
# Restore-SchannelCipherSuite
#
# .EXAMPLE
# Get-SchannelCipherSuiteBackup | Select-Object -First 1 | Restore-SchannelCipherSuite -Force
#
# The oldest backup, unattended.
#
# .INPUTS
# SchannelDhe.Backup, by its property BackupId.
#
# .OUTPUTS
# None, or with -PassThru SchannelDhe.Outcome, as Disable-SchannelDhe has it.
#
# .LINK
# Get-SchannelCipherSuiteBackup
function Restore-SchannelCipherSuite {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    [OutputType('SchannelDhe.Outcome')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [string] $BackupId,

        [switch] $IgnoreDrift,
        [switch] $Force,
        [switch] $PassThru
    )

    process {
        try {
            Use-CallerPreference $PSCmdlet
            $options = @(if ($IgnoreDrift) { '--force' })
            $which = @(if ($BackupId -ne '') { $BackupId })
            $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList (@('restore', '--dry-run') + $options + '--' + $which) -TargetObject $BackupId
            if ($null -eq $document) { return }

            $outcome = $document.outcome
            $suites = @(foreach ($suite in $document.added) { $suite.name })
            # Of a dry run: there is something to do.
            if ($outcome -eq 'done') {
                $outcome = 'would-change'
                if ($null -eq $document.backupId) {
                    # A self-check was interrupted.
                    $description, $question = $script:Strings.CleanUpDescription, $script:Strings.CleanUpQuestion
                } else {
                    $description = $script:Strings.RestoreDescription -f $suites.Count, $document.backupId, ($suites -join ', ')
                    $question = $script:Strings.RestoreQuestion -f $suites.Count, $document.backupId, ($suites -join "`n")
                }
                if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
                if (Confirm-Change -Caller $PSCmdlet -Description $description -Question $question -Caption $script:Strings.RestoreCaption) {
                    # The backup that was shown, also where a newer one came meanwhile.
                    $arguments = @('restore') + $options + '--' + @(if ($null -ne $document.backupId) { $document.backupId })
                    $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -TargetObject $BackupId -IsChange
                    if ($null -eq $document) { return }
                    $outcome = $document.outcome
                }
            }
            Complete-Change -Caller $PSCmdlet -Document $document -Outcome $outcome -PassThru:$PassThru
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Puts the cipher suites of a backup back where they stood.
#
# .DESCRIPTION
# Adds the suites that a change removed at their old places, asks Windows for the list again to prove the result, and undoes
# everything where a step fails. It refuses where the list was changed by somebody else since, unless forced. It needs
# administrator rights.
#
# .PARAMETER BackupId
# Which backup; without it that of an interrupted change, else the newest.
#
# .PARAMETER Force
# Does not ask, and restores also into a list that was changed since, each suite behind the neighbour that it had.
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
        [Alias('Id')]
        [string] $BackupId,

        [switch] $Force,
        [switch] $PassThru
    )

    process {
        $arguments = @('restore')
        if ($BackupId -ne '') { $arguments += $BackupId }
        if ($Force) { $arguments += '--force' }
        $which = if ($BackupId -ne '') { $script:Strings.NamedBackup -f $BackupId } else { $script:Strings.NewestBackup }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $description = $script:Strings.RestoreDescription -f $which
        $question = $script:Strings.RestoreQuestion -f $which
        if (-not $PSCmdlet.ShouldProcess($description, $question, $script:Strings.RestoreCaption)) { return }
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -TargetObject $BackupId
        if ($null -eq $document) { return }
        Complete-Change -Caller $PSCmdlet -Document $document -Operation 'restore' -Outcome $document.outcome -PassThru:$PassThru
    }
}

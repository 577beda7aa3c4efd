# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets the backups of the cipher suite list that were made before changes, the oldest first.
#
# .DESCRIPTION
# Every change stores the full ordered list before its first step. This lists what Restore-SchannelCipherSuite can put back.
#
# .EXAMPLE
# Get-SchannelCipherSuiteBackup
#
# .EXAMPLE
# Get-SchannelCipherSuiteBackup | Select-Object -Last 1 | Restore-SchannelCipherSuite
#
# Puts the newest back.
#
# .OUTPUTS
# SchannelDhe.Backup with the properties BackupId, CreatedAt (UTC), GoverningLayer, Suites, RemovedSuites and IsDamaged.
#
# .LINK
# Restore-SchannelCipherSuite
function Get-SchannelCipherSuiteBackup {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Backup')]
    param()

    try {
        Use-CallerPreference $PSCmdlet
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList 'restore', '--list'
        if ($null -eq $document) { return }
        foreach ($entry in $document.backups) {
            $backup = $entry.backup
            $isDamaged = $null -eq $backup
            [pscustomobject]@{
                PSTypeName = 'SchannelDhe.Backup'
                BackupId = $entry.id
                CreatedAt = if (-not $isDamaged) { ConvertTo-UtcTime $backup.createdAt }
                GoverningLayer = if (-not $isDamaged) { ConvertTo-LayerName $backup.governingLayer }
                Suites = [string[]] @(if (-not $isDamaged) { $backup.list })
                RemovedSuites = [string[]] @(if (-not $isDamaged) { foreach ($one in $backup.removed) { $one.name } })
                IsDamaged = $isDamaged
            }
        }
    } catch {
        Stop-Command $PSCmdlet $_
    }
}

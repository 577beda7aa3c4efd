# Makes the folder of a backup, or ends the caller: nothing is written without a backup.
function New-BackupFolder {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Folder
    )

    $why = $script:Strings.NoDocuments
    if ($Folder -ne '') {
        try {
            [void] [System.IO.Directory]::CreateDirectory($Folder)
            return
        } catch {
            Clear-HandledError $_
            $why = $_.Exception.GetBaseException().Message
        }
    }
    $message = $script:Strings.BackupPathBad -f $Folder, $why
    $record = New-ErrorRecord BACKUP_PATH WriteError $message -TargetObject $Folder -Action $script:Strings.BackupPathAction
    $Caller.ThrowTerminatingError($record)
}

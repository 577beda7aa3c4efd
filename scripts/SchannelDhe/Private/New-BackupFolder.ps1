# Makes the folder of a backup, or ends the caller: nothing is written without a backup.
function New-BackupFolder {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Folder
    )

    try {
        if ($Folder -eq '') { throw [System.IO.DirectoryNotFoundException]::new($script:Strings.NoDocuments) }
        [void] [System.IO.Directory]::CreateDirectory($Folder)
    } catch {
        $inner = if ($null -eq $_.Exception.InnerException) { $_.Exception } else { $_.Exception.InnerException }
        $message = $script:Strings.BackupPathBad -f $Folder, $inner.Message
        $Caller.ThrowTerminatingError((New-ErrorRecord BACKUP_PATH WriteError $message $inner $Folder -Action $script:Strings.BackupPathAction))
    }
}

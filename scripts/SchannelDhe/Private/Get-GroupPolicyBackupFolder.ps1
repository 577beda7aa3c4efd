# Where a Group Policy object is backed up without -BackupPath: below the account's documents, which are made where the
# account has none (SYSTEM, service accounts). Nothing where it has no profile either. A folder that everybody may fill,
# such as one in ProgramData, could hold somebody else's backup.
function Get-GroupPolicyBackupFolder {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    foreach ($name in 'MyDocuments', 'LocalApplicationData') {
        try {
            $folder = [System.Environment]::GetFolderPath($name, 'Create')
        } catch [System.IO.IOException], [System.UnauthorizedAccessException] {
            continue
        }
        if (-not [string]::IsNullOrEmpty($folder)) { return [System.IO.Path]::Combine($folder, 'SchannelDhe GPO backups') }
    }
}

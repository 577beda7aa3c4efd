# Backs a Group Policy object up, sets the order in it, and answers with what it holds then.
function Set-CipherSuiteOrder {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [object] $Policy,
        [Parameter(Mandatory)] [string] $Text,
        [Parameter(Mandatory)] [hashtable] $Where,
        [Parameter(Mandatory)] [string] $BackupFolder
    )

    # It was asked before: -Confirm does not ask again for each step.
    $ConfirmPreference = 'None'
    $backup = Backup-GPO -Guid $Policy.Id -Path $BackupFolder @Where -ErrorAction Stop
    Write-Verbose ($script:Strings.PolicyBackedUp -f $Policy.DisplayName, $BackupFolder, $backup.Id)
    $place = Get-CipherSuiteOrderPlace
    [void] (Set-GPRegistryValue -Guid $Policy.Id @place -Type String -Value $Text @Where -ErrorAction Stop)
    Get-CipherSuiteOrder -Policy $Policy -Where $Where
}

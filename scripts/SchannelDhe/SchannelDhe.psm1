Set-StrictMode -Version 2.0

$ModuleRoot = $PSScriptRoot
$Language = if ($PSUICulture -like 'ja*') { 'ja' } else { 'en' }
$stringsCulture = if ($Language -eq 'ja') { 'ja-JP' } else { 'en-US' }
# Import-LocalizedData would take the second half of the name for an extension, and brackets in the path for wildcards.
$Strings = Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/$stringsCulture/SchannelDhe.Strings.psd1"

# The program that was found, and the catalog's names: asked for once in a session.
$Program = $null
$KnownNames = $null

foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles("$PSScriptRoot/$folder", '*.ps1')) {
        . $file
    }
}

Register-ArgumentCompleter -CommandName Get-SchannelCipherSuite -ParameterName Name -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete)
    Select-Completion $wordToComplete (Get-KnownCipherSuiteName)
}
Register-ArgumentCompleter -CommandName Restore-SchannelCipherSuite -ParameterName BackupId -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete)
    Select-Completion $wordToComplete @(Get-SchannelCipherSuiteBackup -ErrorAction SilentlyContinue | ForEach-Object { $_.BackupId })
}

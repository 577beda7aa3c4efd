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

class SchannelDheReason {
    [DscProperty()] [string] $Code
    [DscProperty()] [string] $Phrase
}

# The resource of Desired State Configuration. It stands here since adapters read no other file.
[DscResource()]
class SchannelDheCipherSuiteOrder {
    # A machine has one order.
    [DscProperty(Key)] [ValidateSet('Yes')] [string] $IsSingleInstance

    # $false is stated. In an answer it is $null where that cannot be known.
    [DscProperty(Mandatory)] [Nullable[bool]] $DheOffered

    [DscProperty(NotConfigurable)] [string] $Verdict
    [DscProperty(NotConfigurable)] [string] $GoverningLayer
    [DscProperty(NotConfigurable)] [string[]] $DheSuites
    [DscProperty(NotConfigurable)] [Nullable[bool]] $RestartAdvised
    [DscProperty(NotConfigurable)] [SchannelDheReason[]] $Reasons

    [SchannelDheCipherSuiteOrder] Get() {
        return [SchannelDheCipherSuiteOrder] (Get-DscState)
    }

    [bool] Test() {
        Assert-DscStatement $this.DheOffered
        return (Get-DscState).DheOffered -eq $false
    }

    [void] Set() {
        Assert-DscStatement $this.DheOffered
        $outcome = Disable-SchannelDhe -Force -PassThru -ErrorAction Stop -WarningAction SilentlyContinue
        if ($outcome.RestartAdvised) { $global:DSCMachineStatus = 1 }
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

@{
    RootModule = 'SchannelDhe.psm1'
    ModuleVersion = '0.2.0'
    GUID = '7e0b7a1c-3b0d-4f43-9c5e-5d0a1f7e2c64'
    Author = 'The schannel-dhe authors'
    CompanyName = 'The schannel-dhe authors'
    Copyright = 'MIT licence'
    Description = 'Stops Windows Schannel from offering finite-field DHE cipher suites, the ones behind TLS connections that fail once in 256 times: proved, undoable and safe against lock-out.'
    PowerShellVersion = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess = @('SchannelDhe.format.ps1xml')
    FunctionsToExport = @(
        'Disable-SchannelDhe'
        'Get-SchannelCipherSuite'
        'Get-SchannelCipherSuiteBackup'
        'Get-SchannelDheEvidence'
        'Get-SchannelDheStatus'
        'Get-SchannelGroupPolicy'
        'Get-SchannelGroupPolicyFile'
        'Invoke-SchannelDheProbe'
        'Repair-SchannelGroupPolicy'
        'Repair-SchannelPolicyText'
        'Restore-SchannelCipherSuite'
        'Test-SchannelDhe'
        'Test-SchannelDheSelfCheck'
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    DscResourcesToExport = @('SchannelDheCipherSuiteOrder')
    PrivateData = @{
        PSData = @{
            Tags = @('TLS', 'Schannel', 'CipherSuite', 'DHE', 'Security', 'GroupPolicy', 'DSC', 'Windows', 'PSEdition_Desktop', 'PSEdition_Core')
        }
    }
}

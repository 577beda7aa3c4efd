# Runs test files with Pester; ends with the number of what failed. All that is said of it is in the report.
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Report,
    [Parameter(Mandatory, ValueFromRemainingArguments)] [string[]] $Path
)
Import-Module $Pester
# Pester asks CIM for the name of the system, and the CIM of Wine never answers.
if ([System.IO.Path]::DirectorySeparatorChar -eq '\' -and (Test-Path -LiteralPath 'HKLM:\SOFTWARE\Wine', 'HKCU:\Software\Wine') -contains $true) {
    & (Get-Module Pester) { $SafeCommands.Remove('Get-CimInstance') }
}
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $Report
Invoke-Pester -Configuration $configuration

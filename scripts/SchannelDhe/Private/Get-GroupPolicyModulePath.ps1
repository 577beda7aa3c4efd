# Where Windows keeps Microsoft's module. By its name alone, PowerShell would take one of that name from the user's
# documents first, and run it elevated. The folder is the API's: variables can be set by the user.
function Get-GroupPolicyModulePath {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if (-not (Test-WindowsSystem)) { return }
    [System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\Modules\GroupPolicy\GroupPolicy.psd1')
}

function Test-WindowsSystem {
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    [System.Environment]::OSVersion.Platform -eq 'Win32NT'
}

# Prints what Schannel is configured with on this machine, as it stands in the registry; "schannel-dhe report" judges it
# elsewhere. Windows PowerShell 2.0 to PowerShell 7, nothing installed, nothing changed, no rights of an administrator.
# On stdout: one line of JSON, or several that are numbered, none longer than 2,048 characters (Intune, Configuration
# Manager). Always ends with 0 and writes nothing to stderr: what went wrong stands in the line.

$ErrorActionPreference = 'Stop'
$longestPiece = 1700
$mostPieces = 64
$machine = 'HKEY_LOCAL_MACHINE'
$control = 'SYSTEM\CurrentControlSet\Control'
$policy = 'Policies\Microsoft\Cryptography\Configuration\SSL\00010002'

# A key, and the names of its values; without names all of it, with all below.
$wanted = @(
    @("$control\Cryptography\Configuration\Local\SSL\00010002", 'Functions'),
    @("SOFTWARE\$policy", 'Functions'),
    @("SOFTWARE\WOW6432Node\$policy", 'Functions'),
    @("$control\Cryptography\MDMPolicies\SSL", 'CipherSuites'),
    @("$control\Lsa\FipsAlgorithmPolicy", 'Enabled'),
    @('SOFTWARE\Microsoft\Windows NT\CurrentVersion', 'CurrentBuildNumber', 'UBR', 'ProductName', 'InstallationType'),
    @('SYSTEM\CurrentControlSet\Services\Tcpip\Parameters', 'Hostname', 'Domain'),
    @(, "$control\SecurityProviders\SCHANNEL")
)

function ConvertTo-JsonText([string] $Text) {
    $escaped = ''
    foreach ($character in $Text.ToCharArray()) {
        $code = [int] $character
        if ($code -lt 32 -or $code -gt 126 -or $character -eq '"' -or $character -eq '\') { $escaped += '\u{0:x4}' -f $code }
        else { $escaped += $character }
    }
    '"' + $escaped + '"'
}

function Format-Line([int] $Part, [int] $Parts, [string] $Data, [string] $Failure) {
    $dataText, $failureText = "`"$Data`"", 'null'
    if ($Failure -ne '') {
        if ($Failure.Length -gt 200) { $Failure = $Failure.Substring(0, 200) }
        $dataText, $failureText = 'null', (ConvertTo-JsonText $Failure)
    }
    '{"schemaVersion":1,"kind":"raw","host":' + (ConvertTo-JsonText $computer) + ',"time":"' + $time + '","part":' + $Part +
        ',"parts":' + $Parts + ',"data":' + $dataText + ',"error":' + $failureText + '}'
}

# As it stands in a .reg file, with texts in bytes: nothing in them need be quoted.
function Format-Value([Microsoft.Win32.RegistryKey] $Key, [string] $Name) {
    $value = $Key.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    # -1 is REG_NONE since .NET 4; 0 is a type that .NET does not know.
    $kind = [Math]::Max(0, [int] $Key.GetValueKind($Name))
    $start = '"' + $Name.Replace('\', '\\').Replace('"', '\"') + '"='
    if ($kind -eq 4) { return $start + ('dword:{0:x8}' -f $value) }
    $bytes = [byte[]] @()
    if ($kind -eq 1 -or $kind -eq 2) { $bytes = [System.Text.Encoding]::Unicode.GetBytes([string] $value + "`0") }
    elseif ($kind -eq 7) { $bytes = [System.Text.Encoding]::Unicode.GetBytes([string]::Join("`0", $value) + "`0`0") }
    elseif ($kind -eq 11) { $bytes = [BitConverter]::GetBytes([long] $value) }
    elseif ($value -is [byte[]]) { $bytes = $value }
    $start + ('hex({0:x}):' -f $kind) + [BitConverter]::ToString($bytes).Replace('-', ',')
}

function Format-Tree([Microsoft.Win32.RegistryKey] $Key, [string] $Path) {
    "[$machine\$Path]"
    foreach ($name in $Key.GetValueNames()) { Format-Value $Key $name }
    foreach ($name in $Key.GetSubKeyNames()) {
        $below = $Key.OpenSubKey($name)
        Format-Tree $below "$Path\$name"
        $below.Close()
    }
}

# Where a key is not there, the one above it says so: a .reg file holds all that is below a key that it names.
function Format-Key([Microsoft.Win32.RegistryKey] $Root, [string] $Path, [string[]] $Names) {
    $key = $Root.OpenSubKey($Path)
    if ($null -eq $key) {
        while ($null -eq $key -and $Path.Contains('\')) {
            $Path = $Path.Substring(0, $Path.LastIndexOf('\'))
            $key = $Root.OpenSubKey($Path)
        }
        "[$machine\$Path]"
    }
    elseif ($Names.Length -eq 0) { Format-Tree $key $Path }
    else {
        "[$machine\$Path]"
        $present = $key.GetValueNames()
        foreach ($name in $Names) { if ($present -contains $name) { Format-Value $key $name } }
    }
    if ($null -ne $key) { $key.Close() }
}

function Compress-Text([string] $Text) {
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($Text)
    $memory = New-Object System.IO.MemoryStream
    $stream = New-Object System.IO.Compression.GZipStream($memory, [System.IO.Compression.CompressionMode]::Compress)
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Close()
    [Convert]::ToBase64String($memory.ToArray())
}

$time = [DateTime]::UtcNow.ToString('s') + 'Z'
$computer = [string] $env:COMPUTERNAME
try {
    $computer = [Environment]::MachineName
    if ([Microsoft.Win32.RegistryKey].GetMethod('OpenBaseKey')) {
        $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    }
    else {
        # Before .NET 4 a 32-bit process sees the keys of 32-bit programs alone.
        if ($env:PROCESSOR_ARCHITEW6432) {
            $file = $MyInvocation.MyCommand.Path
            if (-not $file) { throw 'a 32-bit PowerShell 2.0 was given this script as text, and runs its 64-bit one with a file alone' }
            $windows = Split-Path -Parent ([Environment]::GetFolderPath('System'))
            & "$windows\sysnative\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $file
            return
        }
        $root = [Microsoft.Win32.Registry]::LocalMachine
    }
    $lines = @('Windows Registry Editor Version 5.00')
    foreach ($one in $wanted) {
        $names = @()
        if ($one.Length -gt 1) { $names = $one[1..($one.Length - 1)] }
        $lines += @(Format-Key $root $one[0] $names)
    }
    $data = Compress-Text ([string]::Join("`r`n", $lines) + "`r`n")
    $parts = [int] [Math]::Ceiling([double] $data.Length / $longestPiece)
    if ($parts -gt $mostPieces) { throw "what the registry holds takes $parts lines, and at most $mostPieces are read" }
    for ($part = 1; $part -le $parts; $part++) {
        $start = ($part - 1) * $longestPiece
        Format-Line $part $parts $data.Substring($start, [Math]::Min($longestPiece, $data.Length - $start)) ''
    }
}
catch {
    Format-Line 1 1 '' ('' + $_.Exception.Message)
}

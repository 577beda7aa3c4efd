# Discovery script of a configuration item. The rule: the value that it returns (String) equals Compliant.
# Leave "Run scripts by using the logged on user credentials" unticked.
# Generated (npm run build:fleet). It needs schannel-dhe as its MSI installs it, and Windows PowerShell 5.1, of 32 or 64 bits.
[CmdletBinding()]
param(
    # Where it is installed elsewhere: a full path, which only administrators can write to.
    [string] $Program = ''
)
$ErrorActionPreference = 'Stop'

# By the registry: a variable of the environment is anybody's, and Program Files another folder to 32-bit programs.
function Find-Program {
    if ($Program -ne '') { return $Program }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $folder = $root.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion').GetValue('ProgramFilesDir')
    } finally {
        $root.Dispose()
    }
    [System.IO.Path]::Combine($folder, 'schannel-dhe', 'schannel-dhe.exe')
}

# Runs the program to its end: IsDone, its Document, and a Message, whatever happens. Words go over stdin: none is quoted.
function Invoke-SchannelDhe([string[]] $Words) {
    $document = $null
    $isDone = $false
    try {
        $file = Find-Program
        if (-not [System.IO.Path]::IsPathRooted($file)) { throw "Expected a full path, found $file." }
        if (-not [System.IO.File]::Exists($file)) { throw "Expected schannel-dhe at $file, and it is not there. Install it." }
        $start = New-Object System.Diagnostics.ProcessStartInfo $file, '--request'
        $start.WorkingDirectory = [System.IO.Path]::GetDirectoryName($file)
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        # What this machine has set for its own Node is not for an elevated program.
        $start.EnvironmentVariables.Clear()
        $system = [System.Environment]::SystemDirectory
        if ($system -ne '') {
            $windows = [System.IO.Path]::GetDirectoryName($system)
            $start.EnvironmentVariables['SystemRoot'] = $windows
            $start.EnvironmentVariables['windir'] = $windows
            $start.EnvironmentVariables['SystemDrive'] = $windows.Substring(0, 2)
            $start.EnvironmentVariables['PATH'] = $system
            foreach ($name in 'TEMP', 'TMP') { $start.EnvironmentVariables[$name] = "$windows\Temp" }
        }
        $process = [System.Diagnostics.Process]::Start($start)
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        $all = $Words + '--json', '--language', 'en', '--exit-codes', 'intune'
        $json = ConvertTo-Json -InputObject @{ arguments = $all } -Compress
        # In ASCII, whatever the code page of stdin is.
        $json = [regex]::Replace($json, '[^\x20-\x7e]', { '\u{0:x4}' -f [int] [char] $args[0].Value })
        # A program that ends without reading it breaks the pipe, and its exit code tells why.
        try { $process.StandardInput.Write($json); $process.StandardInput.Close() } catch { }
        $process.WaitForExit()
        $message = $errors.Result
        if ($output.Result.Trim() -ne '') {
            $document = ConvertFrom-Json -InputObject $output.Result
            $message = $document.message
        }
        $isDone = $process.ExitCode -eq 0 -and $null -ne $document
        if ($null -eq $document) { $message = "$file ended with $($process.ExitCode). $message" }
    } catch {
        $message = $_.Exception.Message
    }
    # Engines take a line of ASCII, and cut what is long.
    $message = ([string] $message -replace '[^\x20-\x7e]+', ' ').Trim()
    if ($message.Length -gt 300) { $message = $message.Substring(0, 297) + '...' }
    New-Object psobject -Property @{ IsDone = $isDone; Document = $document; Message = $message }
}

$ended = Invoke-SchannelDhe 'status', '--check'
$document = $ended.Document
if ($ended.IsDone -and $document.verdict -eq 'no-dhe-offered') { 'Compliant' }
elseif ($document.verdict -eq 'dhe-offered') { "DHE offered: $(@($document.dheSuites).Count), set by $($document.governance.layer)" }
else { "Unknown: $($ended.Message)" }

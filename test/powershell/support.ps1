# What every *.Tests.ps1 stands on; dot-sourced in BeforeAll, and in BeforeDiscovery where that needs it too.
$ErrorActionPreference = 'Stop'
$Repository = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$ModuleFolder = "$Repository/scripts/SchannelDhe"
# What `npm run pack:powershell` makes.
$PackedFolder = "$Repository/build/powershell/SchannelDhe"
$Node = & {
    $name = if ([System.IO.Path]::DirectorySeparatorChar -eq '\') { 'node.exe' } else { 'node' }
    foreach ($folder in [System.Environment]::GetEnvironmentVariable('PATH').Split([System.IO.Path]::PathSeparator)) {
        $file = [System.IO.Path]::Combine($folder, $name)
        if ([System.IO.File]::Exists($file)) { return $file }
    }
    throw "no folder of PATH holds $name"
}

$Server2012R2 = '--simulate', 'win8.1-2012r2'
$Server2012R2UnderPolicy = $Server2012R2 + '--simulate-policy' + 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA256,x'

# A new folder, which Pester removes.
function New-Folder {
    $folder = [System.IO.Path]::Combine($TestDrive, [guid]::NewGuid())
    [void] [System.IO.Directory]::CreateDirectory($folder)
    $folder
}

function Import-TestModule([string] $Culture = 'en-US') {
    [System.Globalization.CultureInfo]::CurrentUICulture = $Culture
    Import-Module -Name "$ModuleFolder/SchannelDhe.psd1" -Force
}

# Lets the module run this script instead of its own program, in a new folder.
function Use-Script([string] $JavaScript) {
    $folder = New-Folder
    [System.IO.File]::WriteAllText("$folder/cli.js", $JavaScript)
    $program = [pscustomobject]@{ FileName = $Node; Arguments = 'cli.js --request'; Folder = $folder }
    & (Get-Module SchannelDhe) { param($program) $script:Program = $program; $script:KnownNames = $null } $program
    $folder
}

# Lets the module's own program work on a simulated machine. Each run adds a line to runs.txt.
function Use-Machine([string[]] $Options) {
    $path = ConvertTo-Json -InputObject "$Repository/dist/cli.js"
    $words = ConvertTo-Json -InputObject @($Options) -Compress
    Use-Script @"
const { readFileSync, appendFileSync } = require('node:fs');
const { Readable } = require('node:stream');
const request = JSON.parse(readFileSync(0, 'utf8'));
const all = request.requests ?? [request];
appendFileSync('runs.txt', all.map((one) => one.arguments.join(' ')).join('; ') + '\n');
const machineOptions = $words;
for (const one of all) {
  const usesMachine = one.arguments.some((word) => /^(status|disable|restore|selfcheck|evidence|--layer=.*)$/.test(word));
  // A file stands in for the machine, and some commands use none.
  if (!usesMachine || one.arguments.some((word) => word.startsWith('--from='))) continue;
  one.arguments.unshift(...(machineOptions.includes('--simulate') ? ['--state', 'machine.json'] : []), ...machineOptions);
}
Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(JSON.stringify(request))]) });
require($path);
"@
}

# Runs this very PowerShell as a process of its own, to its end. Words hold no quotes.
function Invoke-PowerShell([string[]] $Words, [string] $InputText = '') {
    $isOfDotNet = [System.IO.Path]::GetFileNameWithoutExtension([System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName) -eq 'dotnet'
    $start = [System.Diagnostics.ProcessStartInfo]::new([System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName)
    $all = @(if ($isOfDotNet) { "$PSHOME/pwsh.dll" }) + '-NoProfile' + $Words
    $start.Arguments = @($all | ForEach-Object { "`"$_`"" }) -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.EnvironmentVariables['NO_COLOR'] = '1'
    $process = [System.Diagnostics.Process]::Start($start)
    $output, $errorText = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
    $process.StandardInput.Write($InputText)
    $process.StandardInput.Close()
    $process.WaitForExit()
    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; ErrorText = $errorText.Result }
}

# The script that the page of the module gives to administrators.
function Get-ReadmeScript([string] $Readme = 'scripts/SchannelDhe/README.md') {
    $text = [System.IO.File]::ReadAllText("$Repository/$Readme").Replace("`r`n", "`n")
    $found = [regex]::Matches($text, '(?s)```powershell\n(# harden\.ps1\n.*?)```')
    if ($found.Count -ne 1) { throw "expected one script harden.ps1 in $Readme, found $($found.Count)" }
    $found[0].Groups[1].Value
}

# The blocks of one language in a page, as texts.
function Get-ReadmeBlock([string] $Readme, [string] $Language) {
    $text = [System.IO.File]::ReadAllText("$Repository/$Readme").Replace("`r`n", "`n")
    [regex]::Matches($text, "(?sm)^``````$Language\n(.*?)\n``````$") | ForEach-Object { $_.Groups[1].Value }
}

# The stable parts of an error.
function Get-ErrorFacts([System.Management.Automation.ErrorRecord] $Failure) {
    $Failure.FullyQualifiedErrorId
    [string] $Failure.CategoryInfo.Category
}

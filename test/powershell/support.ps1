# What every *.tests.ps1 stands on: a test prints one line that the runner counts.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$Repository = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$ModuleFolder = "$Repository/scripts/SchannelDhe"
$Node = @(Get-Command -Name node -CommandType Application)[0].Source
$Machines = 0

function Test-That([string] $TestTitle, [scriptblock] $TestBody) {
    $failure = ''
    try { [void] (& $TestBody) } catch { $failure = "$($_.Exception.Message)`n$($_.ScriptStackTrace)" }
    '##test ' + (ConvertTo-Json -InputObject @{ name = $TestTitle; failure = $failure } -Compress)
}

function Assert-Equal($Expected, $Actual) {
    $wanted, $found = foreach ($one in @(, $Expected), @(, $Actual)) { ConvertTo-Json -InputObject $one -Depth 8 -Compress }
    if ($wanted -cne $found) { throw "expected $wanted, found $found" }
}

function Assert-Like([string] $Pattern, [string] $Actual) {
    if ($Actual -notlike $Pattern) { throw "expected something like $Pattern, found $Actual" }
}

# The error that a block ends with, or writes under -ErrorAction Stop.
function Get-Failure([scriptblock] $Body) {
    try { [void] (& $Body) } catch { return $_ }
    throw 'expected an error, and there was none'
}

function New-Folder {
    $script:Machines++
    $folder = [System.IO.Path]::Combine($Folder, "machine $script:Machines")
    [void] [System.IO.Directory]::CreateDirectory($folder)
    $folder
}

# Lets the module run this script instead of its own program.
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
const { spawnSync } = require('node:child_process');
const { readFileSync, appendFileSync } = require('node:fs');
const request = JSON.parse(readFileSync(0, 'utf8'));
appendFileSync('runs.txt', request.arguments.join(' ') + '\n');
request.arguments.unshift('--state', 'machine.json', ...$words);
const { status } = spawnSync(process.execPath, [$path, '--request'],
  { input: JSON.stringify(request), stdio: ['pipe', 'inherit', 'inherit'] });
process.exitCode = status;
"@
}

function Import-TestModule([string] $Culture = 'en-US') {
    [System.Globalization.CultureInfo]::CurrentUICulture = $Culture
    Import-Module -Name "$ModuleFolder/SchannelDhe.psd1" -Force
}

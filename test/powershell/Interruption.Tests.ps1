# Ctrl-C: a change is never cut off in the middle, and everything else ends.
BeforeDiscovery {
    $isUnix = [System.IO.Path]::DirectorySeparatorChar -eq '/'
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    Import-TestModule
    # A change that begins, waits for a file that lets it go on, and ends. Like the true program it outlives one Ctrl-C.
    $slow = @'
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
process.once('SIGINT', () => {});
const { arguments: words } = JSON.parse(readFileSync(0, 'utf8'));
const answer = (outcome, more) => console.log(JSON.stringify({ kind: 'disable', outcome, plan: { verdict: 'change', governingLayer: 'local', steps: [{ name: 'X' }], policy: null }, backupId: null, cause: null, message: 'm', ...more }));
if (words.includes('--dry-run')) return answer('nothing-to-do');
if (words.includes('status')) { writeFileSync('reads.txt', String(process.pid)); setInterval(() => {}, 1000); return; }
writeFileSync('begun.txt', '');
const wait = setInterval(() => {
  if (!existsSync('go.txt')) return;
  clearInterval(wait);
  writeFileSync('ended.txt', '');
  answer('changed', { backupId: 'B' });
}, 20);
'@
    function Wait-File([string] $File) {
        while (-not [System.IO.File]::Exists($File)) { [System.Threading.Thread]::Sleep(20) }
    }
    # The module in a runspace of its own, running one line on the stand-in.
    function Start-Line([string] $Line, [string] $Folder) {
        $shell = [powershell]::Create()
        [void] $shell.AddScript(@"
Import-Module -Name '$ModuleFolder/SchannelDhe.psd1'
& (Get-Module SchannelDhe) { `$script:Program = [pscustomobject]@{ FileName = '$Node'; Arguments = 'cli.js --request'; Folder = '$Folder' } }
$Line
"@)
        [pscustomobject]@{ Shell = $shell; Run = $shell.BeginInvoke() }
    }
}

Describe 'a stop' {
    It 'in the middle of a change waits for its end' {
        $folder = Use-Script $slow
        $line = Start-Line 'Disable-SchannelDhe -Force' $folder
        Wait-File "$folder/begun.txt"
        $stop = $line.Shell.BeginStop($null, $null)
        while ($line.Shell.InvocationStateInfo.State -eq 'Running') { [System.Threading.Thread]::Sleep(5) }
        [System.IO.File]::WriteAllText("$folder/go.txt", '')
        $line.Shell.EndStop($stop)
        [System.IO.File]::Exists("$folder/ended.txt") | Should -BeTrue
        $line.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
    }
    It 'of what only reads ends the program' {
        $folder = Use-Script $slow
        $line = Start-Line 'Get-SchannelDheStatus' $folder
        Wait-File "$folder/reads.txt"
        while (($id = [System.IO.File]::ReadAllText("$folder/reads.txt")) -eq '') { [System.Threading.Thread]::Sleep(20) }
        $line.Shell.Stop()
        while (Get-Process -Id $id -ErrorAction SilentlyContinue | Where-Object { -not $_.HasExited }) { [System.Threading.Thread]::Sleep(20) }
        [System.IO.File]::Exists("$folder/ended.txt") | Should -BeFalse
    }
}

Describe 'Ctrl-C, as a signal to a process of PowerShell' -Skip:(-not $isUnix) {
    BeforeAll {
        function Start-Session([string] $Text) {
            $file = "$(New-Folder)/session.ps1"
            [System.IO.File]::WriteAllText($file, "Import-Module -Name '$ModuleFolder/SchannelDhe.psd1'`n$Text")
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
            # A session of its own, so that a signal to all of its processes reaches no others.
            $words = @('setsid') + @(if ($start.FileName -like '*dotnet*') { $start.FileName; "$PSHOME/pwsh.dll" } else { $start.FileName })
            $start.FileName = $words[0]
            foreach ($word in @($words | Select-Object -Skip 1) + '-NoProfile' + '-NonInteractive' + '-File' + $file) { $start.ArgumentList.Add($word) }
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.RedirectStandardInput = $true
            [System.Diagnostics.Process]::Start($start)
        }
        function Use-ProgramText([string] $Folder) {
            "& (Get-Module SchannelDhe) { `$script:Program = [pscustomobject]@{ FileName = '$Node'; Arguments = 'cli.js --request'; Folder = '$Folder' } }"
        }
    }
    It 'in the middle of a change waits for its end, and says so: <_>' -ForEach 'to PowerShell alone', 'to all, as a terminal does' {
        $folder = Use-Script $slow
        $session = Start-Session "$(Use-ProgramText $folder)`nDisable-SchannelDhe -Force`n'went on'"
        Wait-File "$folder/begun.txt"
        $target = if ($_ -like 'to all*') { "-$($session.Id)" } else { "$($session.Id)" }
        & /bin/kill -INT -- $target
        # The program is let go on when the signal has arrived: the session says that it waits.
        do { $said = $session.StandardOutput.ReadLine() } until ($null -eq $said -or $said -like '*waiting until*')
        $said | Should -Not -BeNullOrEmpty
        [System.IO.File]::WriteAllText("$folder/go.txt", '')
        $rest = $session.StandardOutput.ReadToEnd() -replace '\s+', ' '
        $session.WaitForExit()
        [System.IO.File]::Exists("$folder/ended.txt") | Should -BeTrue
        $rest | Should -BeLike '*outcome: changed*'
        $rest | Should -Not -BeLike '*went on*'
    }
    It 'leaves the list of the true program the old one or the new one' {
        $folder = Use-Machine '--simulate', 'win8.1-2012r2'
        $session = Start-Session "$(Use-ProgramText $folder)`nDisable-SchannelDhe -Force"
        do { [System.Threading.Thread]::Sleep(5) } until ([System.IO.File]::Exists("$folder/runs.txt") -and [System.IO.File]::ReadAllText("$folder/runs.txt") -like '*--yes*')
        & /bin/kill -INT -- "$($session.Id)"
        $session.WaitForExit()
        Test-SchannelDhe | Should -BeTrue
        (Get-SchannelDheStatus).Findings.Id | Should -Not -Contain 'interrupted-change'
    }
}

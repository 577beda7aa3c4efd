# For the bench: one call of the module against its program run directly, in turns, in one warm session. Milliseconds.
param([string] $Folder, [string] $Export)
. "$PSScriptRoot/support.ps1"
Import-TestModule

function Invoke-Directly {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Node, "`"$Repository/dist/cli.js`" --json status --from `"$Export`"")
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [void] $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $process.Dispose()
}

function Measure-Milliseconds([scriptblock] $Body) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    [void] (& $Body)
    $clock.Elapsed.TotalMilliseconds
}

$direct, $module = [System.Collections.Generic.List[double]]::new(), [System.Collections.Generic.List[double]]::new()
foreach ($round in 1..26) {
    $one = Measure-Milliseconds { Invoke-Directly }
    $other = Measure-Milliseconds { Get-SchannelDheStatus -Path $Export }
    # The first rounds warm the session up.
    if ($round -gt 5) { $direct.Add($one); $module.Add($other) }
}
$direct.Sort()
$module.Sort()
ConvertTo-Json -Compress -InputObject @{ direct = $direct[10]; module = $module[10] }

# Runs a program to its end: UTF-8 both ways whatever the console's code page, which is not touched, and a time limit.
function Invoke-Process {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        # FileName, Arguments (constant texts, never made of input) and Folder, the working folder.
        [Parameter(Mandatory)] [pscustomobject] $Program,
        [AllowEmptyString()] [string] $InputText = '',
        [ValidateRange(1, 86400)] [int] $TimeoutSeconds = 300,
        # It changes something: Ctrl-C does not end it, but waits for its end.
        [switch] $IsChange
    )

    $utf8 = [System.Text.UTF8Encoding]::new($false)
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program.FileName, $Program.Arguments)
    $start.WorkingDirectory = $Program.Folder
    $start.UseShellExecute = $false
    # Without a window it has a console of its own on Windows, where the Ctrl-C of this one does not arrive.
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $utf8
    $start.StandardErrorEncoding = $utf8
    $start.EnvironmentVariables.Clear()
    $environment = Get-ProgramEnvironment
    foreach ($name in $environment.Keys) { $start.EnvironmentVariables[$name] = $environment[$name] }

    $process = [System.Diagnostics.Process]::new()
    $process.StartInfo = $start
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $started, $isDone, $isTimedOut = $false, $false, $false
    try {
        try {
            $started = $process.Start()
        } catch {
            Clear-HandledError $_
            $message = $script:Strings.CannotStart -f $Program.FileName, $_.Exception.InnerException.Message
            $Caller.ThrowTerminatingError((New-ErrorRecord PROGRAM_NOT_STARTED OpenError $message $_.Exception))
        }
        $output = $process.StandardOutput.ReadToEndAsync()
        $errorText = $process.StandardError.ReadToEndAsync()
        $bytes = $utf8.GetBytes($InputText)
        $written = $process.StandardInput.BaseStream.WriteAsync($bytes, 0, $bytes.Length)
        $isClosed = $false
        # In short steps, so that Ctrl-C is heeded; each ends at once when what it waits for is there.
        while (-not ($process.HasExited -and $output.IsCompleted -and $errorText.IsCompleted)) {
            if ($clock.Elapsed.TotalSeconds -gt $TimeoutSeconds) {
                $isTimedOut = $true
                $message = $script:Strings.TimedOut -f $Program.FileName, $TimeoutSeconds
                $action = $script:Strings.LookAtStatus
                $Caller.ThrowTerminatingError((New-ErrorRecord PROGRAM_TIMEOUT OperationTimeout $message -Action $action))
            }
            if (-not $written.IsCompleted) { Wait-Task $written }
            elseif (-not $isClosed) { $isClosed = $true; Close-Input $process $written }
            elseif (-not $process.HasExited) { [void] $process.WaitForExit(100) }
            else { Wait-Task $output; Wait-Task $errorText }
        }
        $isDone = $true
        [pscustomobject]@{
            ExitCode = $process.ExitCode
            Output = $output.Result
            ErrorText = $errorText.Result.Trim()
        }
    } finally {
        # Not done and still running: out of time, or Ctrl-C.
        if ($started -and -not $process.HasExited) {
            if ($IsChange -and -not $isDone -and -not $isTimedOut) {
                Wait-Change -Caller $Caller -Process $process -InputWritten $written -Output $output -Limit ($TimeoutSeconds - $clock.Elapsed.TotalSeconds)
            }
            # The system ends it in its own time; whoever reads the error expects it gone.
            if (-not $process.HasExited) { $process.Kill(); [void] $process.WaitForExit(10000) }
        }
        $process.Dispose()
    }
}

# Waits for the end of a change that Ctrl-C came into, and says so. The pipeline is closed by then: the host is told.
function Wait-Change($Caller, $Process, $InputWritten, $Output, [double] $Limit) {
    $ui = $Caller.Host.UI
    $ui.WriteWarningLine($script:Strings.WaitsForChange)
    $milliseconds = [int] ([Math]::Max(1, $Limit) * 1000)
    Wait-Task $InputWritten $milliseconds
    Close-Input $Process $InputWritten
    if (-not $Process.WaitForExit($milliseconds) -or -not $Output.Wait(10000)) {
        $ui.WriteWarningLine($script:Strings.ChangeUnknown)
        return
    }
    $document = ConvertFrom-Document $Output.Result
    $said = if ($null -eq $document) { $script:Strings.ChangeUnknown } else { $script:Strings.ChangeEnded -f $document.outcome }
    $ui.WriteWarningLine($said)
}

# A program that ends without reading its input breaks the pipe; its exit code tells why. A broken pipe is not closed: that
# would throw what the caller's -ErrorVariable holds, caught or not.
function Close-Input($Process, $Written) {
    if ($Written.IsFaulted) { return }
    try { $Process.StandardInput.Close() } catch [System.IO.IOException] { Clear-HandledError $_ }
}

# Unlike Wait it does not throw what the task failed with; the caller's -ErrorVariable would hold that, caught or not.
function Wait-Task($Task, [int] $Milliseconds = 100) {
    [void] [System.Threading.Tasks.Task]::WaitAny([System.Threading.Tasks.Task[]] @($Task), $Milliseconds)
}

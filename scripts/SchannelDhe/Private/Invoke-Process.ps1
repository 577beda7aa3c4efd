# Runs a program to its end: UTF-8 both ways whatever the console's code page, which is not touched, and a time limit.
function Invoke-Process {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        # FileName, Arguments (constant texts, never made of input) and Folder, the working folder.
        [Parameter(Mandatory)] [pscustomobject] $Program,
        [AllowEmptyString()] [string] $InputText = '',
        [ValidateRange(1, 3600)] [int] $TimeoutSeconds = 300
    )

    $utf8 = [System.Text.UTF8Encoding]::new($false)
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program.FileName, $Program.Arguments)
    $start.WorkingDirectory = $Program.Folder
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $utf8
    $start.StandardErrorEncoding = $utf8
    # NODE_OPTIONS and its like could load other code into a process that runs elevated.
    foreach ($name in @($start.EnvironmentVariables.Keys)) {
        if ($name -like 'NODE_*') { $start.EnvironmentVariables.Remove($name) }
    }

    $process = [System.Diagnostics.Process]::new()
    $process.StartInfo = $start
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $started = $false
    try {
        try {
            $started = $process.Start()
        } catch {
            $message = $script:Strings.CannotStart -f $Program.FileName, $_.Exception.InnerException.Message
            $Caller.ThrowTerminatingError((New-ErrorRecord PROGRAM_NOT_STARTED OpenError $message $_.Exception))
        }
        $output = $process.StandardOutput.ReadToEndAsync()
        $errorText = $process.StandardError.ReadToEndAsync()
        $bytes = $utf8.GetBytes($InputText)
        $written = $process.StandardInput.BaseStream.WriteAsync($bytes, 0, $bytes.Length)
        # In short steps, so that Ctrl-C is heeded; each ends at once when what it waits for is there.
        while (-not $written.IsCompleted) { Wait-Step $Caller $Program $clock $TimeoutSeconds { Wait-Task $written } }
        try { $process.StandardInput.Close() } catch [System.IO.IOException] { Write-Debug $_.Exception.Message }
        while (-not $process.HasExited) { Wait-Step $Caller $Program $clock $TimeoutSeconds { $process.WaitForExit(100) } }
        foreach ($task in $output, $errorText) {
            while (-not $task.IsCompleted) { Wait-Step $Caller $Program $clock $TimeoutSeconds { Wait-Task $task } }
        }
        [pscustomobject]@{
            ExitCode = $process.ExitCode
            Output = $output.Result
            ErrorText = $errorText.Result.Trim()
        }
    } finally {
        if ($started -and -not $process.HasExited) { $process.Kill() }
        $process.Dispose()
    }
}

function Wait-Step($Caller, $Program, $Clock, $TimeoutSeconds, $Wait) {
    if ($Clock.Elapsed.TotalSeconds -gt $TimeoutSeconds) {
        $message = $script:Strings.TimedOut -f $Program.FileName, $TimeoutSeconds
        $Caller.ThrowTerminatingError((New-ErrorRecord PROGRAM_TIMEOUT OperationTimeout $message))
    }
    [void] (& $Wait)
}

# A program that ends without reading its input breaks the pipe; its exit code tells why.
function Wait-Task($Task) {
    try { [void] $Task.Wait(100) } catch { Write-Debug $_.Exception.Message }
}

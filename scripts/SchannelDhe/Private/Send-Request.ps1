# The one door to the program: requests in JSON on stdin, and what the program says and how it ends. Many requests are
# answered by one process, an answer each.
function Send-Request {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [hashtable[]] $Request,
        [int] $TimeoutSeconds = 300,
        [switch] $IsChange
    )

    $program = Find-SchannelDheProgram -Caller $Caller
    $content = if ($Request.Count -eq 1) { $Request[0] } else { @{ requests = $Request } }
    $json = ConvertTo-Json -InputObject $content -Compress -Depth 4
    $ended = Invoke-Process -Caller $Caller -Program $program -InputText $json -TimeoutSeconds $TimeoutSeconds -IsChange:$IsChange
    if ($Request.Count -eq 1) { return $ended }
    $lines = @($ended.Output.Split("`n") | Where-Object { $_ -ne '' })
    if ($ended.ExitCode -ne 0 -or $lines.Count -ne $Request.Count) {
        $Caller.ThrowTerminatingError((New-EndedRecord $ended))
    }
    foreach ($line in $lines) {
        $answer = ConvertFrom-Json -InputObject $line
        [pscustomobject]@{ ExitCode = $answer.exitCode; Output = $answer.output; ErrorText = $answer.errors.Trim() }
    }
}

# The program ended before it answered.
function New-EndedRecord($Ended, [object] $TargetObject) {
    $message = $script:Strings.NodeEnded -f $script:Program.FileName, $Ended.ExitCode, $Ended.ErrorText
    New-ErrorRecord NODE_ENDED OperationStopped $message -TargetObject $TargetObject -Action $script:Strings.LookAtStatus
}

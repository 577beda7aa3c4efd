# Ends the caller where this node cannot run the program.
function Assert-Node {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [string] $FileName
    )

    $folder = [System.IO.Path]::GetDirectoryName($FileName)
    $question = [pscustomobject]@{
        FileName = $FileName
        Arguments = '-p JSON.stringify([process.versions.node,process.arch])'
        Folder = $folder
    }
    $answer = Invoke-Process -Caller $Caller -Program $question -TimeoutSeconds 60
    if ($answer.ExitCode -ne 0 -or $answer.Output -notmatch '^\["(\d+)\.(\d+)\.[^"]*","(\w+)"\]\s*$') {
        $message = $script:Strings.NodeEnded -f $FileName, $answer.ExitCode, $answer.ErrorText
        $Caller.ThrowTerminatingError((New-ErrorRecord NODE_ENDED OperationStopped $message))
    }
    $major, $minor, $architecture = [int] $Matches[1], [int] $Matches[2], $Matches[3]
    if ($major -lt 20 -or ($major -eq 20 -and $minor -lt 12)) {
        $message = $script:Strings.NodeTooOld -f $FileName, "$major.$minor"
        $Caller.ThrowTerminatingError((New-ErrorRecord NODE_TOO_OLD NotInstalled $message -Action $script:Strings.NodeNeeded))
    }
    if ($architecture -eq 'ia32' -and [System.Environment]::Is64BitOperatingSystem) {
        $Caller.ThrowTerminatingError((New-ErrorRecord NODE_32_BIT NotImplemented ($script:Strings.Node32Bit -f $FileName) -Action $script:Strings.NodeNeeded))
    }
}

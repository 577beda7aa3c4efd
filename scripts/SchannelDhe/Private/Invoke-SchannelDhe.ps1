# The one door to the program: a request in JSON on stdin, a document in JSON on stdout. Answers with the document, or
# writes the caller's error and answers with nothing.
function Invoke-SchannelDhe {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [string[]] $ArgumentList,
        [AllowEmptyString()] [string] $InputText = '',
        [int] $TimeoutSeconds = 300,
        [object] $TargetObject
    )

    $program = Find-SchannelDheProgram -Caller $Caller
    $request = @{ arguments = @('--json', '--language', $script:Language) + $ArgumentList; input = $InputText }
    $json = ConvertTo-Json -InputObject $request -Compress
    $ended = Invoke-Process -Caller $Caller -Program $program -InputText $json -TimeoutSeconds $TimeoutSeconds

    $document = $null
    try {
        if ($ended.Output.Trim() -ne '') { $document = ConvertFrom-Json -InputObject $ended.Output }
    } catch [System.ArgumentException] {
        Write-Debug $_.Exception.Message
    }
    $meaning = $script:ExitCodes[$ended.ExitCode]
    if ($null -eq $meaning -or ($null -eq $document -and $ended.ErrorText -eq '')) {
        $message = $script:Strings.NodeEnded -f $program.FileName, $ended.ExitCode, $ended.ErrorText
        $Caller.ThrowTerminatingError((New-ErrorRecord NODE_ENDED OperationStopped $message -TargetObject $TargetObject))
    }
    if ($null -eq $document) {
        $Caller.WriteError((New-ErrorRecord $meaning.Id $meaning.Category $ended.ErrorText -TargetObject $TargetObject))
        return
    }
    foreach ($line in $ended.ErrorText -split '\r?\n') {
        # Lines of Node's own begin with a parenthesis, such as (node:4711).
        if ($line.StartsWith('(')) { Write-Verbose $line } elseif ($line -ne '') { $Caller.WriteWarning($line) }
    }
    if ($document.kind -eq 'error') {
        $record = New-ErrorRecord $document.code $meaning.Category $document.message -TargetObject $TargetObject
        $Caller.WriteError($record)
        return
    }
    $document
}

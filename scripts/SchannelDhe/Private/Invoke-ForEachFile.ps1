# One process reads all files. Answers with Document and File for each that gave one; the others are the caller's errors.
function Invoke-ForEachFile {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [string[]] $File,
        # The program's arguments for a file.
        [Parameter(Mandatory)] [scriptblock] $ArgumentList
    )

    $requests = @(foreach ($one in $File) { New-Request (& $ArgumentList $one) '' })
    $answers = @(Send-Request -Caller $Caller -Request $requests -TimeoutSeconds ([Math]::Min(86400, 300 + $File.Count)))
    foreach ($index in 0..($File.Count - 1)) {
        $document = Receive-Document -Caller $Caller -Answer $answers[$index] -TargetObject $File[$index]
        if ($null -ne $document) { [pscustomobject]@{ Document = $document; File = $File[$index] } }
    }
}

# One request to the program, and its document. Nothing, and the caller's error, where it answers with an error.
function Invoke-SchannelDhe {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        # Values stand in one word with their option (--name=value) or behind '--', so that none is read as an option.
        [Parameter(Mandatory)] [string[]] $ArgumentList,
        [AllowEmptyString()] [string] $InputText = '',
        [int] $TimeoutSeconds = 300,
        [object] $TargetObject,
        [switch] $IsChange
    )

    $request = New-Request $ArgumentList $InputText
    $answer = Send-Request -Caller $Caller -Request $request -TimeoutSeconds $TimeoutSeconds -IsChange:$IsChange
    Receive-Document -Caller $Caller -Answer $answer -TargetObject $TargetObject
}

function New-Request([string[]] $ArgumentList, [string] $InputText) {
    @{ arguments = @('--json', '--language', $script:Language) + $ArgumentList; input = $InputText }
}

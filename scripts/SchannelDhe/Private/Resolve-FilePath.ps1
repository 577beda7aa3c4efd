# The full path of a file that the user named, taken literally. The program works in another folder.
function Resolve-FilePath {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [string] $Path
    )

    $Caller.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
}

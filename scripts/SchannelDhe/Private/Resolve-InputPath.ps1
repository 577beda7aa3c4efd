# The full paths of files or folders that the user named: wildcards in -Path, none in -LiteralPath. The program works in
# another folder. What is no path of a file system is the caller's error.
function Resolve-InputPath {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Path,
        [switch] $IsLiteral
    )

    foreach ($one in $Path) { Resolve-OneInputPath $Caller $one $IsLiteral }
}

function Resolve-OneInputPath($Caller, [string] $Path, [bool] $IsLiteral) {
    $provider, $drive = $null, $null
    $paths = $Caller.SessionState.Path
    try {
        if (-not $IsLiteral -and [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path)) {
            # The provider first: what a registry key holds is not even listed.
            [void] $paths.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
            $found = if ($provider.Name -eq 'FileSystem') { $paths.GetResolvedProviderPathFromPSPath($Path, [ref] $provider) }
        } else {
            $found = $paths.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
        }
    } catch {
        Clear-HandledError $_
        $message = $script:Strings.PathInvalid -f $Path, $_.Exception.GetBaseException().Message
        $Caller.WriteError((New-ErrorRecord PATH_INVALID InvalidArgument $message $_.Exception -TargetObject $Path))
        return
    }
    if ($provider.Name -ne 'FileSystem') {
        $message = $script:Strings.PathNotFile -f $Path, $provider.Name
        $Caller.WriteError((New-ErrorRecord PATH_INVALID InvalidArgument $message -TargetObject $Path))
        return
    }
    $found
}

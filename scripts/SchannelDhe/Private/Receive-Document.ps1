# The document of an answer. Nothing, and the caller's error, where it is an error.
function Receive-Document {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Answer,
        [object] $TargetObject
    )

    $document = ConvertFrom-Document $Answer.Output
    if ($null -eq $document -or -not $script:Outcomes.ContainsKey([string] $document.outcome)) {
        $Caller.ThrowTerminatingError((New-EndedRecord $Answer $TargetObject))
    }
    foreach ($line in $Answer.ErrorText -split '\r?\n') {
        # Lines of Node's own begin with a parenthesis, such as (node:4711).
        if ($line.StartsWith('(')) { Write-Verbose $line } elseif ($line -ne '') { $Caller.WriteWarning($line) }
    }
    if ($document.kind -ne 'error') { return $document }
    Write-DocumentError -Caller $Caller -Document $document -TargetObject $TargetObject
}

# One JSON document, or nothing where the text is none.
function ConvertFrom-Document([string] $Text) {
    if ($Text.Trim() -eq '') { return }
    try {
        $document = ConvertFrom-Json -InputObject $Text
    } catch {
        Clear-HandledError $_
        return
    }
    if ($null -ne $document -and $null -ne $document.PSObject.Properties['kind'] -and $null -ne $document.PSObject.Properties['outcome']) { $document }
}

# An error document as the caller's error.
function Write-DocumentError($Caller, $Document, [object] $TargetObject) {
    $isPlatform = $Document.code -eq 'UNSUPPORTED_PLATFORM'
    $message = if ($isPlatform) { $script:Strings.NotWindows } else { $Document.message }
    $action = if ($isPlatform) { $script:Strings.NotWindowsAction }
    $category = $script:Outcomes[$Document.outcome]['Category']
    if ($null -eq $category) { $category = 'NotSpecified' }
    $Caller.WriteError((New-ErrorRecord $Document.code $category $message -TargetObject $TargetObject -Action $action))
}

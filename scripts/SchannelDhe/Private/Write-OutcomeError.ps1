# Writes the caller's error where a document's outcome is one, such as a policy that governs.
function Write-OutcomeError {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [object] $TargetObject
    )

    foreach ($meaning in $script:ExitCodes.Values) {
        if ($meaning.Outcome -contains $Document.outcome -and $meaning.ContainsKey('Id')) {
            $record = New-ErrorRecord $meaning.Id $meaning.Category $Document.message -TargetObject $TargetObject
            $Caller.WriteError($record)
        }
    }
}

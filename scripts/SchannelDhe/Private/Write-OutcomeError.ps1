# Writes the caller's error where a document's outcome is one, such as a policy that governs.
function Write-OutcomeError {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [Parameter(Mandatory)] [pscustomobject] $Sentence,
        [object] $TargetObject
    )

    $meaning = $script:Outcomes[$Document.outcome]
    if (-not $meaning.ContainsKey('Id')) { return }
    $record = New-ErrorRecord $meaning.Id $meaning.Category $Sentence.Message -TargetObject $TargetObject -Action $Sentence.Action
    $Caller.WriteError($record)
}

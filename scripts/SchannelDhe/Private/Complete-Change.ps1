# The end of a change: its error or its advice, and the outcome object for -PassThru.
function Complete-Change {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Outcome')]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [Parameter(Mandatory)] [string] $Outcome,
        [switch] $PassThru
    )

    # A local list that was cleaned under a policy was changed, though DHE is still offered.
    $isDisable = $Document.kind -eq 'disable'
    $isChanged = $Outcome -eq 'changed' -or ($Outcome -eq 'governed-by-policy' -and $null -ne $Document.backupId)
    $plan = if ($isDisable) { $Document.plan }
    $steps = if ($isDisable) { $plan.steps } else { $Document.added }
    $sentence = Get-OutcomeSentence $Document
    $result = [pscustomobject]@{
        PSTypeName = 'SchannelDhe.Outcome'
        Operation = $Document.kind
        Outcome = $Outcome
        IsChanged = $isChanged
        RestartAdvised = $isChanged
        BackupId = $Document.backupId
        Suites = [string[]] @(foreach ($step in $steps) { $step.name })
        GoverningLayer = if ($null -ne $plan) { ConvertTo-LayerName $plan.governingLayer }
        PolicyText = if ($null -ne $plan -and $null -ne $plan.policy) { $plan.policy.text }
        Message = $sentence.Message
    }
    Write-OutcomeError -Caller $Caller -Document $Document -Sentence $sentence -TargetObject $result
    if ($isChanged) { $Caller.WriteWarning($script:Strings.RestartAdvised) }
    Write-Verbose $sentence.Message
    if ($PassThru) { $result }
}

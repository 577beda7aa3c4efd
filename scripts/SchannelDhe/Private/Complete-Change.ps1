# The end of a change: its error or its advice, and the outcome object for -PassThru.
function Complete-Change {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Outcome')]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [Parameter(Mandatory)] [string] $Operation,
        [Parameter(Mandatory)] [string] $Outcome,
        [switch] $PassThru
    )

    # A local list that was cleaned under a policy was changed, though DHE is still offered.
    $isChanged = $Outcome -eq 'changed' -or ($Outcome -eq 'governed-by-policy' -and $null -ne $Document.backupId)
    $plan = if ($Operation -eq 'disable') { $Document.plan }
    $steps = if ($Operation -eq 'disable') { $plan.steps } else { $Document.added }
    $result = [pscustomobject]@{
        PSTypeName = 'SchannelDhe.Outcome'
        Operation = $Operation
        Outcome = $Outcome
        IsChanged = $isChanged
        RestartAdvised = $isChanged
        BackupId = $Document.backupId
        Suites = [string[]] @(foreach ($step in $steps) { $step.name })
        GoverningLayer = if ($null -ne $plan) { ConvertTo-LayerName $plan.governingLayer }
        PolicyText = if ($null -ne $plan -and $null -ne $plan.policy) { $plan.policy.text }
        Message = $Document.message
    }
    Write-OutcomeError -Caller $Caller -Document $Document -TargetObject $result
    if ($isChanged) { $Caller.WriteWarning($script:Strings.RestartAdvised) }
    Write-Verbose $Document.message
    if ($PassThru) { $result }
}

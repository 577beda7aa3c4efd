# What the outcome of a change says: Message, and Action where there is something to do. The program's own sentence where
# it names nothing of the command line.
function Get-OutcomeSentence {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Document
    )

    $action = $null
    $message = $Document.message
    switch ("$($Document.kind) $($Document.outcome)") {
        'disable changed' { $message = $script:Strings.Disabled -f $Document.plan.steps.Count, $Document.backupId }
        'disable governed-by-policy' {
            $policy = $Document.plan.policy
            $layer = Get-LayerLabel $policy.layer
            $message = $script:Strings.Governed -f $layer, $policy.text
            $action = if ($policy.layer -eq 'mdm') { $script:Strings.GovernedByMdmAction } else { $script:Strings.GovernedAction }
        }
        'restore refused' {
            $drift = $Document.drift
            $message = @(
                $script:Strings.Drifted
                if (@($drift.missing).Count -gt 0) { $script:Strings.DriftMissing -f ($drift.missing -join ', ') }
                if (@($drift.unexpected).Count -gt 0) { $script:Strings.DriftUnexpected -f ($drift.unexpected -join ', ') }
                if ($drift.isReordered) { $script:Strings.DriftReordered }
            ) -join ' '
            $action = $script:Strings.DriftedAction
        }
        { $_ -like '* failed-undo-incomplete' } {
            $message = $script:Strings.UndoIncomplete -f $Document.cause
            $action = $script:Strings.UndoIncompleteAction -f $Document.backupId
        }
    }
    [pscustomobject]@{ Message = $message; Action = $action }
}

# A layer as a person says it.
function Get-LayerLabel([string] $Layer) {
    switch ($Layer) {
        'groupPolicy' { $script:Strings.LayerGroupPolicy }
        'mdm' { $script:Strings.LayerMdm }
        default { $script:Strings.LayerLocal }
    }
}

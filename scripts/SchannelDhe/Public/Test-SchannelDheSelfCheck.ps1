# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Tests whether this Windows behaves as the module believes of Windows.
#
# .DESCRIPTION
# Compares what Windows answers with what its documentation, and this module, say. Attach the result to a report of a fault:
# Test-SchannelDheSelfCheck | ConvertTo-Json -Depth 5. Without -Deep it only reads.
#
# .PARAMETER Deep
# Also changes the cipher suite list and the policies for some seconds, and puts them back. For a computer that is given over to
# it; it needs administrator rights.
#
# .PARAMETER Force
# Does not ask. -WhatIf still changes nothing.
#
# .EXAMPLE
# Test-SchannelDheSelfCheck
#
# .EXAMPLE
# (Test-SchannelDheSelfCheck -Deep -Force).Checks | Where-Object Verdict -eq differs
#
# What this Windows does otherwise.
#
# .OUTPUTS
# SchannelDhe.SelfCheck with the properties IsPassed, TakenAt (UTC), IsDeep, Windows and Checks (Id, Verdict, Expected, Found).
#
# .LINK
# Get-SchannelDheStatus
function Test-SchannelDheSelfCheck {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    [OutputType('SchannelDhe.SelfCheck')]
    param(
        [switch] $Deep,
        [switch] $Force
    )

    try {
        Use-CallerPreference $PSCmdlet
        $arguments = @('selfcheck')
        if ($Deep) {
            $arguments += '--deep', '--yes'
            if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
            $description = $script:Strings.DeepDescription
            if (-not (Confirm-Change -Caller $PSCmdlet -Description $description -Question $script:Strings.DeepQuestion -Caption $script:Strings.DeepCaption)) { return }
        }
        $document = Invoke-SchannelDhe -Caller $PSCmdlet -ArgumentList $arguments -IsChange:$Deep
        if ($null -eq $document) { return }
        $result = [pscustomobject]@{
            PSTypeName = 'SchannelDhe.SelfCheck'
            IsPassed = $true
            TakenAt = ConvertTo-UtcTime $document.takenAt
            IsDeep = $document.deep
            Windows = $document.windows
            Checks = @(foreach ($check in $document.checks) {
                [pscustomobject]@{
                    PSTypeName = 'SchannelDhe.SelfCheckItem'
                    Id = $check.id
                    Verdict = $check.verdict
                    Expected = $check.expected
                    Found = $check.found
                }
            })
        }
        foreach ($check in $result.Checks) {
            if ($check.Verdict -ne 'differs') { continue }
            $result.IsPassed = $false
            if ($check.Id -ne 'put-back') { continue }
            $record = New-ErrorRecord FAILED_UNDO_INCOMPLETE InvalidResult $script:Strings.NotPutBack -TargetObject $result -Action $script:Strings.LookAtStatus
            $PSCmdlet.WriteError($record)
        }
        $result
    } catch {
        Stop-Command $PSCmdlet $_
    }
}

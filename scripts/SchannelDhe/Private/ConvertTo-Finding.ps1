# A finding; its sentence is the program's where that names nothing of the command line.
function ConvertTo-Finding {
    [CmdletBinding()]
    [OutputType('SchannelDhe.Finding')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Finding
    )

    $data = $Finding.data
    $message = switch ($Finding.id) {
        'dhe-in-overridden-list' { $script:Strings.FindingOverridden -f $data.suites.Count, (Get-LayerLabel $data.governing) }
        'policy-text-malformed' { $script:Strings.FindingMalformed -f (Get-LayerLabel $data.layer), $data.faultCount }
        'interrupted-change' {
            if ($data.operation -eq 'selfcheck') { $script:Strings.FindingInterruptedCheck } else { $script:Strings.FindingInterrupted -f $data.backupId }
        }
        'stored-state-unreadable' {
            $entries = foreach ($one in $data.entries) {
                $problem = switch ($one.problem) {
                    'not-text' { $script:Strings.StoredNotText }
                    'not-json' { $script:Strings.StoredNotJson }
                    'other-member' { $script:Strings.StoredOtherMember -f $one.path }
                }
                "$($one.entry) ($problem)"
            }
            $script:Strings.FindingUnreadable -f $data.key, ($entries -join ', ')
        }
        default { $Finding.message }
    }
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.Finding'
        Id = $Finding.id
        Severity = $Finding.severity
        Message = $message
        Data = $data
    }
}

# What the module GroupPolicy threw, as one clear error.
function ConvertTo-GroupPolicyError([System.Management.Automation.ErrorRecord] $Failure, [object] $TargetObject) {
    Clear-HandledError $Failure
    $inner = $Failure.Exception
    $isDenied = $inner -is [System.UnauthorizedAccessException] -or $Failure.CategoryInfo.Category -eq 'PermissionDenied' -or
        $inner.HResult -eq -2147024891
    if ($isDenied) {
        return New-ErrorRecord ACCESS_DENIED PermissionDenied ($script:Strings.PolicyDenied -f $inner.Message) $inner $TargetObject
    }
    New-ErrorRecord DOMAIN_NOT_REACHED ConnectionError ($script:Strings.DomainNotReached -f $inner.Message) $inner $TargetObject
}

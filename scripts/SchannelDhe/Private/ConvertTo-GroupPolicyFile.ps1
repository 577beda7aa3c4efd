# The Group Policy objects of a file or a folder; an error of the caller for each that could not be read.
function ConvertTo-GroupPolicyFile {
    [CmdletBinding()]
    [OutputType('SchannelDhe.GroupPolicyFile')]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller,
        [Parameter(Mandatory)] [pscustomobject] $Document,
        [Parameter(Mandatory)] [string] $Path
    )

    if ($Document.kind -eq 'policy-file') {
        New-GroupPolicyFile -Path $Path -Kind 'File' -Policy $Document -Identity @{ Name = $null; Guid = $null; Domain = $null }
        return
    }
    # What ended the search before its end stands beside what was found until then.
    if ($null -ne $Document.error) {
        $Caller.WriteError((New-ErrorRecord $Document.error.code InvalidData $Document.error.message -TargetObject $Path))
    } elseif (@($Document.policies).Count -eq 0) {
        $message = $script:Strings.NoPolicies -f $Path
        $Caller.WriteError((New-ErrorRecord GROUP_POLICY_NOT_FOUND ObjectNotFound $message -TargetObject $Path))
    }
    foreach ($policy in $Document.policies) {
        # Already a path of this system below the folder.
        $folder = $policy.folder
        if (-not [System.IO.Path]::IsPathRooted($folder)) { $folder = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($Path, $folder)) }
        if ($null -ne $policy.error) {
            $record = New-ErrorRecord $policy.error.code InvalidData $policy.error.message -TargetObject $folder
            $Caller.WriteError($record)
            continue
        }
        $kind = @{ backup = 'Backup'; sysvol = 'Sysvol'; file = 'File' }[$policy.kind]
        $identity = @{ Name = $policy.name; Guid = $policy.guid; Domain = $policy.domain }
        New-GroupPolicyFile -Path $folder -Kind $kind -Policy $policy -Identity $identity
    }
}

function New-GroupPolicyFile([string] $Path, [string] $Kind, $Policy, [hashtable] $Identity) {
    $order = $Policy.order
    $isSet = $null -ne $order
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.GroupPolicyFile'
        Name = $Identity.Name
        Guid = $Identity.Guid
        Domain = $Identity.Domain
        Path = $Path
        Kind = $Kind
        Verdict = $Policy.verdict
        DheSuites = [string[]] @(if ($isSet) { $order.dheSuites })
        FaultCount = if ($isSet) { [int] $order.faultCount } else { 0 }
        Type = if ($isSet) { $order.type }
        Text = if ($isSet) { $order.text }
        CorrectedText = if ($isSet) { $order.corrected.text }
    }
}

# The order that a Group Policy object sets: Type and Text. Nothing where it does not set it.
function Get-CipherSuiteOrder {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [object] $Policy,
        [Parameter(Mandatory)] [hashtable] $Where
    )

    $place = Get-CipherSuiteOrderPlace
    try {
        $setting = Get-GPRegistryValue -Guid $Policy.Id @place @Where -ErrorAction Stop
    } catch {
        # A value that is not set is an error in that module; by which id is not documented, so its two known signs count.
        $isAbsent = $_.FullyQualifiedErrorId -like 'UnableToRetrievePolicyRegistryItem*' -or
            $_.CategoryInfo.Category -eq 'ObjectNotFound' -or $_.Exception -is [System.ArgumentException]
        if ($isAbsent) {
            Clear-HandledError $_
            return
        }
        throw
    }
    # A value that the policy deletes has no data.
    if ($null -eq $setting -or $null -eq $setting.Value) { return }
    [pscustomobject]@{
        Type = [string] $setting.Type
        # The strings of a REG_MULTI_SZ; and that module leaves the NUL that ends a string in it.
        Text = (@($setting.Value) -join ',').TrimEnd([char] 0)
    }
}

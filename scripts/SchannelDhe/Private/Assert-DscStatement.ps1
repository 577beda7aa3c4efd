# Ends with an error where another state is stated than the one that can be brought about.
function Assert-DscStatement([System.Nullable[bool]] $DheOffered) {
    if ($DheOffered -ne $false) {
        throw (New-ErrorRecord INVALID_ARGUMENT InvalidArgument $script:Strings.DscStatement)
    }
}

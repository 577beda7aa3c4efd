# The values that go on from what is typed, also inside an open quote, which they close.
function Select-Completion {
    [CmdletBinding()]
    [OutputType([System.Management.Automation.CompletionResult])]
    param(
        [AllowEmptyString()] [string] $Word,
        [AllowNull()] [string[]] $Value
    )

    $quote = if ($Word -match '^[''"]') { $Word.Substring(0, 1) } else { '' }
    $start = $Word.Trim([char[]] "'`"")
    foreach ($one in $Value) {
        if (-not $one.StartsWith($start, [System.StringComparison]::OrdinalIgnoreCase)) { continue }
        [System.Management.Automation.CompletionResult]::new("$quote$one$quote", $one, 'ParameterValue', $one)
    }
}

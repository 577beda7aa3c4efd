# A time of the program's JSON. PowerShell 7 has made a DateTime of it already, 5.1 leaves the text.
function ConvertTo-UtcTime {
    [CmdletBinding()]
    [OutputType([datetime])]
    param(
        [Parameter(Mandatory)] [object] $Value
    )

    if ($Value -is [datetime]) { return $Value.ToUniversalTime() }
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    [datetime]::Parse($Value, $culture, [System.Globalization.DateTimeStyles]::RoundtripKind).ToUniversalTime()
}

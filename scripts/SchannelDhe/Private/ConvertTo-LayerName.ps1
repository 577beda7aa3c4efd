# The program's name of a layer, as parameters and properties spell it here.
function ConvertTo-LayerName([string] $Layer) {
    $Layer.Substring(0, 1).ToUpperInvariant() + $Layer.Substring(1)
}

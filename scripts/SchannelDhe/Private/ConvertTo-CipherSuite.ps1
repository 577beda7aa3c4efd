function ConvertTo-CipherSuite {
    [CmdletBinding()]
    [OutputType('SchannelDhe.CipherSuite')]
    param(
        [Parameter(Mandatory)] [pscustomobject] $Suite,
        [Parameter(Mandatory)] [string] $Layer
    )

    $known = @{}
    if ($null -ne $Suite.known) {
        foreach ($property in $Suite.known.PSObject.Properties) { $known[$property.Name] = $property.Value }
    }
    [pscustomobject]@{
        PSTypeName = 'SchannelDhe.CipherSuite'
        Name = $Suite.name
        Position = [int] $Suite.position
        Layer = $Layer
        IsDhe = $Suite.isDhe
        IsKnown = $null -ne $Suite.known
        # TLS 1.3 suites leave these two to extensions of the handshake.
        KeyExchange = $known['keyExchange']
        Authentication = $known['authentication']
        Cipher = $known['cipher']
        Hash = $known['hash']
        Protocols = [string[]] @(foreach ($one in $known['protocols']) { $one })
        CodePoint = $known['codePoint']
        HasForwardSecrecy = [bool] $known['forwardSecrecy']
        IsAead = [bool] $known['aead']
    }
}

# Where "SSL Cipher Suite Order" writes, in the terms of the module GroupPolicy.
function Get-CipherSuiteOrderPlace {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    @{
        Key = 'HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
        ValueName = 'Functions'
    }
}

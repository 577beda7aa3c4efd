# The scripts of scripts/fleet on a machine with a registry, where they find the executable as its installer leaves it.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    $localKey = 'HKLM:\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002'
    $policyKey = 'HKLM:\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
    $stateKey = 'HKLM:\SOFTWARE\SchannelDhe'
    $installed = 'C:\Program Files\schannel-dhe'
    [void] [System.IO.Directory]::CreateDirectory($installed)
    foreach ($name in 'schannel-dhe.exe', 'schannel_dhe.node') {
        [System.IO.File]::Copy("$Repository/build/windows/$name", "$installed\$name", $true)
    }
    $ProgramWords = @()
    function Set-Machine([string] $Policy = '') {
        Remove-Item -LiteralPath $policyKey, $stateKey -Recurse -ErrorAction Ignore
        [void] (New-Item -Path $localKey -Force)
        $list = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA'
        [void] (New-ItemProperty -LiteralPath $localKey -Name Functions -PropertyType MultiString -Value $list -Force)
        if ($Policy -eq '') { return }
        [void] (New-Item -Path $policyKey -Force)
        [void] (New-ItemProperty -LiteralPath $policyKey -Name Functions -Value $Policy)
    }
    function Get-MachineState {
        (Get-ItemProperty -LiteralPath $localKey).Functions
        if (Test-Path -LiteralPath $stateKey) {
            $key = Get-Item -LiteralPath $stateKey
            foreach ($name in $key.GetValueNames() | Sort-Object) { "$name=$($key.GetValue($name))" }
        }
    }
}
AfterAll {
    Remove-Item -LiteralPath $installed -Recurse
}

Describe 'on Windows' {
    . "$PSScriptRoot/fleet-cases.ps1"
}

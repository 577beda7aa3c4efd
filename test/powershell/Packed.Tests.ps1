# What `npm run pack:powershell` makes.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
}

Describe 'a copy that stands alone' {
    It 'works in the folder <_>' -ForEach 'plain', "it's [a] `$folder & more" {
        $copy = [System.IO.Path]::Combine((New-Folder), $_, 'SchannelDhe')
        foreach ($file in [System.IO.Directory]::GetFiles($PackedFolder, '*', 'AllDirectories')) {
            $target = $copy + $file.Substring($PackedFolder.Length)
            [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
            [System.IO.File]::Copy($file, $target)
        }
        Get-Module SchannelDhe | Remove-Module
        Import-Module ([System.Management.Automation.WildcardPattern]::Escape("$copy/SchannelDhe.psd1"))
        try {
            [System.IO.Path]::GetDirectoryName((Get-Module SchannelDhe).Path) | Should -BeExactly $copy
            'TLS_RSA_WITH_AES_128_CBC_SHA,' | Repair-SchannelPolicyText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
            [System.IO.File]::Exists("$copy/program/prebuilds/win32-x64/schannel_dhe.node") | Should -BeTrue
        } finally {
            Remove-Module SchannelDhe
        }
    }
}

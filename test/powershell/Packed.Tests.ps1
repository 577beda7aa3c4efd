# What `npm run pack:powershell` makes: the module as one script, with its program.
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    function Import-PackedModule([string] $Folder = $PackedFolder, [string] $Culture = 'en-US') {
        [System.Globalization.CultureInfo]::CurrentUICulture = $Culture
        Get-Module SchannelDhe | Remove-Module
        Import-Module -Name ([System.Management.Automation.WildcardPattern]::Escape("$Folder/SchannelDhe.psd1"))
    }
    # Every function with its text, and what the help says of the exported ones.
    function Get-ModuleText {
        $module = Get-Module SchannelDhe
        & $module { Get-ChildItem -Path Function: } | Where-Object { $_.Module -eq $module } | Sort-Object -Property Name | ForEach-Object {
            "$($_.Name) {$($_.Definition.Replace("`r`n", "`n"))}"
        }
        foreach ($name in $module.ExportedFunctions.Keys | Sort-Object) { (Get-Help $name -Full | Out-String).Replace("`r`n", "`n") }
    }
}
AfterAll {
    Get-Module SchannelDhe | Remove-Module
    [System.Globalization.CultureInfo]::CurrentUICulture = 'en-US'
}

Describe 'the packed module' {
    # The formats of a module that is loaded are looked for in its folder, which does not outlive its test.
    AfterEach {
        Get-Module SchannelDhe | Remove-Module
    }
    It 'asks for three signatures' {
        [System.IO.Directory]::GetFiles($PackedFolder, '*.ps*1*', 'TopDirectoryOnly') | ForEach-Object { [System.IO.Path]::GetFileName($_) } | Sort-Object |
            Should -BeExactly 'SchannelDhe.format.ps1xml', 'SchannelDhe.psd1', 'SchannelDhe.psm1'
        [System.IO.Directory]::GetFiles($PackedFolder, '*.ps1', 'AllDirectories') | Should -BeNullOrEmpty
    }
    It 'is the module, with the help of <_>' -ForEach 'en-US', 'ja-JP' {
        Get-Module SchannelDhe | Remove-Module
        Import-TestModule $_
        $source = Get-ModuleText
        Import-PackedModule -Culture $_
        $packed = Get-ModuleText
        $packed.Count | Should -BeGreaterThan 30
        $packed | Should -BeExactly $source
    }
    It 'has a manifest with what a gallery shows' {
        $manifest = Test-ModuleManifest -Path "$PackedFolder/SchannelDhe.psd1" -ErrorAction Stop -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'PSEdition_Desktop'
        $manifest.Tags | Should -Contain 'PSEdition_Core'
        $manifest.Tags | Should -Contain 'Windows'
    }
    It 'works in the folder <_>' -ForEach 'plain', "it's [a] `$folder & more" {
        $copy = [System.IO.Path]::Combine((New-Folder), $_, 'SchannelDhe')
        foreach ($file in [System.IO.Directory]::GetFiles($PackedFolder, '*', 'AllDirectories')) {
            $target = $copy + $file.Substring($PackedFolder.Length)
            [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
            [System.IO.File]::Copy($file, $target)
        }
        Import-PackedModule $copy
        [System.IO.Path]::GetDirectoryName((Get-Module SchannelDhe).Path) | Should -BeExactly $copy
        'TLS_RSA_WITH_AES_128_CBC_SHA,' | Repair-SchannelPolicyText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
        [System.IO.File]::Exists("$copy/program/prebuilds/win32-x64/schannel_dhe.node") | Should -BeTrue
    }
}

# Windows PowerShell 5.1 does not bring PSResourceGet along.
Describe 'the package' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    BeforeAll {
        Import-Module Microsoft.PowerShell.PSResourceGet
        $feedName = "SchannelDhe-$([guid]::NewGuid())"
        $feed = New-Folder
        Register-PSResourceRepository -Name $feedName -Uri $feed -Trusted
    }
    AfterAll {
        Get-Module SchannelDhe | Remove-Module
        Unregister-PSResourceRepository -Name $feedName
    }
    It 'goes into a feed and comes out of it as the module' {
        $built = New-Folder
        & "$Repository/scripts/build/pack/compress-module.ps1" $PackedFolder $built | Should -BeLikeExactly '*SchannelDhe.*.nupkg'
        $package = [System.IO.Directory]::GetFiles($built, '*.nupkg')
        Publish-PSResource -NupkgPath $package[0] -Repository $feedName
        $found = Find-PSResource -Name SchannelDhe -Repository $feedName
        $found.Tags | Should -Contain 'PSEdition_Desktop'
        $saved = New-Folder
        Save-PSResource -Name SchannelDhe -Repository $feedName -Path $saved
        $folder = [System.IO.Path]::Combine($saved, 'SchannelDhe', [string] $found.Version)
        Import-PackedModule $folder
        [System.IO.Path]::GetDirectoryName((Get-Module SchannelDhe).Path) | Should -BeExactly $folder
        'TLS_RSA_WITH_AES_128_CBC_SHA,' | Repair-SchannelPolicyText | Should -BeExactly 'TLS_RSA_WITH_AES_128_CBC_SHA'
    }
}

# Makes a package of a module folder, and answers with its path.
param([Parameter(Mandatory)] [string] $Module, [Parameter(Mandatory)] [string] $Destination)
$ErrorActionPreference = 'Stop'
Get-ChildItem -LiteralPath $Destination -Filter 'SchannelDhe.*.nupkg' | Remove-Item
(Compress-PSResource -Path $Module -DestinationPath $Destination -PassThru).FullName

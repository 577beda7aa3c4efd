# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Gets what files of Group Policy say about the cipher suite order: Registry.pol, GPO backups, copies of SYSVOL.
#
# .DESCRIPTION
# Reads a Registry.pol, or every Group Policy object below a folder (backups by GPMC or Backup-GPO, copied SYSVOL trees), and
# judges each. It needs no domain and no module, and changes nothing.
#
# .PARAMETER Path
# Registry.pol files, or folders. Wildcards are permitted.
#
# .PARAMETER LiteralPath
# The same, taken literally.
#
# .EXAMPLE
# Get-SchannelGroupPolicyFile C:\Windows\System32\GroupPolicy\Machine\Registry.pol
#
# The local Group Policy object of this computer.
#
# .EXAMPLE
# Get-SchannelGroupPolicyFile D:\GpoBackups | Where-Object Verdict -ne in-order
#
# The backups that need work or do not set the order.
#
# .INPUTS
# System.String, or files and folders from Get-ChildItem.
#
# .OUTPUTS
# SchannelDhe.GroupPolicyFile with the properties Name, Guid, Domain, Path, Kind (File, Backup, Sysvol), Verdict (not-set, deleted,
# in-order, needs-repair, too-long, refused), DheSuites, FaultCount, Type, Text and CorrectedText.
#
# .LINK
# Get-SchannelGroupPolicy
function Get-SchannelGroupPolicyFile {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    [OutputType('SchannelDhe.GroupPolicyFile')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Path', Position = 0, ValueFromPipeline)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Path,

        [Parameter(Mandatory, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName)]
        [ValidateNotNullOrEmpty()]
        [Alias('PSPath', 'FullName', 'LP')]
        [string[]] $LiteralPath
    )

    begin {
        $files = [System.Collections.Generic.List[string]]::new()
    }
    process {
        try {
            Use-CallerPreference $PSCmdlet
            $isLiteral = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
            $named = if ($isLiteral) { $LiteralPath } else { $Path }
            foreach ($file in Resolve-InputPath -Caller $PSCmdlet -Path $named -IsLiteral:$isLiteral) { $files.Add($file) }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
    end {
        try {
            if ($files.Count -eq 0) { return }
            $words = {
                param($file)
                if ([System.IO.Directory]::Exists($file)) { 'policy', 'scan', '--', $file } else { 'policy', 'file', '--', $file }
            }
            foreach ($read in Invoke-ForEachFile -Caller $PSCmdlet -File $files -ArgumentList $words) {
                ConvertTo-GroupPolicyFile -Caller $PSCmdlet -Document $read.Document -Path $read.File
            }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

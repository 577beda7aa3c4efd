# What is run: the executable that lies in the module, else its script in Node, else the executable that the MSI installed
# beside this module. Found and checked once in a session.
function Find-SchannelDheProgram {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Caller
    )

    if ($null -ne $script:Program) { return $script:Program }
    $executable = [System.IO.Path]::Combine($script:ModuleRoot, 'program', 'schannel-dhe.exe')
    if ((Test-WindowsSystem) -and [System.IO.File]::Exists($executable)) {
        return Use-Executable $executable $script:Strings.WhyShipped
    }

    # A module folder that stands alone holds the program; in the npm package it lies beside the scripts.
    $folder = foreach ($candidate in 'program/dist', '../../dist') {
        $full = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($script:ModuleRoot, $candidate))
        if ([System.IO.File]::Exists([System.IO.Path]::Combine($full, 'cli.js'))) { $full; break }
    }
    if ($null -eq $folder) {
        $executable = Get-InstalledProgramPath
        if ($null -ne $executable) { return Use-Executable $executable $script:Strings.WhyInstalled }
        $message = $script:Strings.ProgramMissing -f $script:ModuleRoot
        $Caller.ThrowTerminatingError((New-ErrorRecord PROGRAM_MISSING ObjectNotFound $message))
    }
    $node = Find-Node
    if ($null -eq $node) {
        $Caller.ThrowTerminatingError((New-ErrorRecord NODE_NOT_FOUND ObjectNotFound $script:Strings.NodeNotFound -Action $script:Strings.NodeNeeded))
    }
    Assert-Node -Caller $Caller -FileName $node.FileName
    Write-Verbose ($script:Strings.UsesProgram -f $node.FileName, $node.Why)
    # The working folder is the program's, so that its name is all that has to be said: no path needs quoting.
    $script:Program = [pscustomobject]@{ FileName = $node.FileName; Arguments = 'cli.js --request'; Folder = $folder }
    $script:Program
}

function Use-Executable([string] $FileName, [string] $Why) {
    Write-Verbose ($script:Strings.UsesProgram -f $FileName, $Why)
    $folder = [System.IO.Path]::GetDirectoryName($FileName)
    $script:Program = [pscustomobject]@{ FileName = $FileName; Arguments = '--request'; Folder = $folder }
    $script:Program
}

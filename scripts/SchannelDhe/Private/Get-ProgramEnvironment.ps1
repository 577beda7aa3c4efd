# The whole environment of the program. What the session holds never reaches it: OPENSSL_CONF makes node.exe load a DLL
# of the variable's choice before any script runs, and NODE_OPTIONS, NODE_COMPILE_CACHE and others steer it too.
function Get-ProgramEnvironment {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    if (-not (Test-WindowsSystem)) { return @{ PATH = '/usr/bin:/bin' } }
    # From the API: the variables of the same names can be set by the user, also for an elevated session.
    $system = [System.Environment]::SystemDirectory
    $windows = [System.IO.Path]::GetDirectoryName($system)
    # Of the variables that libuv hands to every child (required_vars in its src/win/process.c) those that a program
    # without a shell and without the user's folders needs: Winsock and CNG are found through SystemRoot.
    @{
        SystemRoot = $windows
        windir = $windows
        SystemDrive = [System.IO.Path]::GetPathRoot($windows).TrimEnd('\')
        PATH = $system
        TEMP = [System.IO.Path]::Combine($windows, 'Temp')
        TMP = [System.IO.Path]::Combine($windows, 'Temp')
    }
}

# The scripts of scripts/fleet on simulated machines. A program of that name stands in for the installed one.
BeforeDiscovery {
    $isOnWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
}
BeforeAll {
    . "$PSScriptRoot/support.ps1"
    # A program that works on a machine in its own folder.
    function Set-Machine([string] $Policy = '') {
        $folder = New-Folder
        $options = '--simulate', 'ws2022', '--state', "$folder/machine.json"
        if ($Policy -ne '') { $options += '--simulate-policy', $Policy }
        Set-Program @"
const request = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
request.arguments.unshift(...$(ConvertTo-Json -InputObject $options -Compress));
const input = require('node:stream').Readable.from([Buffer.from(JSON.stringify(request))]);
Object.defineProperty(process, 'stdin', { value: input });
require($(ConvertTo-Json -InputObject "$Repository/dist/cli.js"));
"@ $folder
        $script:MachineFile = "$folder/machine.json"
        [void] (& $Node "$Repository/dist/cli.js" status @options)
    }
    function Set-Program([string] $JavaScript, [string] $Folder = (New-Folder)) {
        $file = "$Folder/schannel-dhe"
        [System.IO.File]::WriteAllText($file, "#!$Node`n$JavaScript")
        [System.IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, UserExecute')
        $script:ProgramWords = '-Program', $file
    }
    function Get-MachineState { [System.IO.File]::ReadAllText($MachineFile) }
}

Describe 'on Linux' -Skip:$isOnWindows {
    . "$PSScriptRoot/fleet-cases.ps1"

    Describe 'a program that <Name>' -ForEach @(
        @{ Name = 'is not there'; JavaScript = $null; Told = '*Expected schannel-dhe at*' }
        @{ Name = 'dies'; JavaScript = 'process.exit(7)'; Told = '*ended with 7*' }
        @{ Name = 'says something else'; JavaScript = 'console.log("no JSON")'; Told = '*' }
        @{ Name = 'ends well without a verdict'; JavaScript = 'console.log(JSON.stringify({ outcome: "done" }))'; Told = '*' }
        @{ Name = 'is not known what it says'; JavaScript = 'console.log(JSON.stringify({ kind: "status", verdict: "unknown", message: "' + ('\u3042' * 9000) + '" })); process.exit(1)'; Told = '*' }
        @{ Name = 'floods both streams'; JavaScript = 'process.stderr.write("e".repeat(1e6)); process.stdout.write("o".repeat(1e6)); process.exitCode = 3'; Told = '*' }
    ) {
        BeforeAll {
            if ($null -eq $JavaScript) { $script:ProgramWords = '-Program', '/nowhere/schannel-dhe' } else { Set-Program $JavaScript }
        }
        It 'makes no machine compliant' {
            $found = Invoke-IntuneScript Detect-SchannelDhe
            $found.ExitCode | Should -Be 1
            $found.Told.message | Should -BeLikeExactly $Told
        }
    }
    It 'no program is found by a name' {
        $script:ProgramWords = '-Program', 'schannel-dhe'
        (Invoke-IntuneScript Detect-SchannelDhe).Told.message | Should -BeLikeExactly 'Expected a full path*'
    }
    It 'a remediation whose program dies has failed' {
        Set-Program 'process.exit(7)'
        (Invoke-IntuneScript Remediate-SchannelDhe).ExitCode | Should -Be 1
        (Invoke-FleetScript configuration-manager/Discover-SchannelDhe).Line | Should -BeLikeExactly 'Unknown: *ended with 7*'
        # PowerShell breaks lines where its console ends.
        (Invoke-FleetScript configuration-manager/Remediate-SchannelDhe).ErrorText -replace '[\s|]+', ' ' | Should -BeLikeExactly '*ended with 7*'
    }
    It 'no variable of the caller reaches the program' {
        Set-Program 'console.log(JSON.stringify({ message: Object.keys(process.env).join(" ") }))'
        [System.Environment]::SetEnvironmentVariable('NODE_EXTRA_CA_CERTS', '/nowhere')
        try {
            (Invoke-IntuneScript Detect-SchannelDhe).Told.message | Should -Not -BeLike '*NODE*'
        } finally {
            [System.Environment]::SetEnvironmentVariable('NODE_EXTRA_CA_CERTS', $null)
        }
    }
}

# .EXTERNALHELP ../SchannelDhe-help.xml
#
# .SYNOPSIS
# Corrects the cipher suite order of a Group Policy object: its faults repaired, the DHE suites taken out.
#
# .DESCRIPTION
# Backs the Group Policy object up (Backup-GPO), sets the corrected text as REG_SZ (Set-GPRegistryValue), and reads it back.
# Where the object does not set the order, or is in order, nothing is written. It needs the right to edit the object. Computers
# take the new policy within 90 to 120 minutes, and use it after a restart.
#
# .PARAMETER Name
# The Group Policy object by its display name.
#
# .PARAMETER Guid
# The Group Policy object by its GUID.
#
# .PARAMETER Domain
# The domain by its DNS name; without it that of the user.
#
# .PARAMETER BackupPath
# The folder for the backup; made where it is not there. Without it: "SchannelDhe GPO backups" in the documents of the account.
#
# .PARAMETER PassThru
# Answers with the Group Policy object as it is afterwards.
#
# .PARAMETER Force
# Does not ask.
#
# .EXAMPLE
# Repair-SchannelGroupPolicy -Name 'TLS servers'
#
# .EXAMPLE
# Get-SchannelGroupPolicy | Repair-SchannelGroupPolicy -BackupPath D:\GpoBackups -Force -PassThru
#
# .INPUTS
# SchannelDhe.GroupPolicy, by its properties Guid and Domain.
#
# .OUTPUTS
# None, or with -PassThru SchannelDhe.GroupPolicy.
#
# .LINK
# Get-SchannelGroupPolicy
function Repair-SchannelGroupPolicy {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'Guid')]
    [OutputType('SchannelDhe.GroupPolicy')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'Name')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(Mandatory, ParameterSetName = 'Guid', ValueFromPipelineByPropertyName)]
        [guid] $Guid,

        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $Domain,

        [ValidateNotNullOrEmpty()]
        [string] $BackupPath,

        [switch] $PassThru,
        [switch] $Force
    )

    begin {
        try {
            Use-CallerPreference $PSCmdlet
            Import-GroupPolicyModule -Caller $PSCmdlet
            $folder = if ($BackupPath -eq '') { "$(Get-GroupPolicyBackupFolder)" }
                else { Resolve-InputPath -Caller $PSCmdlet -Path $BackupPath -IsLiteral }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
    process {
        # No path of a file system: that was said.
        if ($null -eq $folder) { return }
        try {
            $where = @{}
            if ($Domain -ne '') { $where.Domain = $Domain }
            $which = if ($PSCmdlet.ParameterSetName -eq 'Name') { @{ Name = $Name } } else { @{ Guid = $Guid } }
            $target = [string] @($which.Values)[0]
            try {
                $policy = Get-GPO @which @where -ErrorAction Stop
                $order = Get-CipherSuiteOrder -Policy $policy -Where $where
            } catch {
                $PSCmdlet.WriteError((ConvertTo-GroupPolicyError $_ $target))
                return
            }
            if ($null -eq $order) {
                $message = $script:Strings.OrderNotSet -f $policy.DisplayName
                $PSCmdlet.WriteError((New-ErrorRecord ORDER_NOT_SET ObjectNotFound $message -TargetObject $target))
                return
            }
            $judged = ConvertTo-GroupPolicy -Caller $PSCmdlet -Policy $policy -Order $order -Links @()
            if ($null -eq $judged) { return }
            if ($judged.Verdict -eq 'in-order') {
                Write-Verbose ($script:Strings.PolicyInOrder -f $policy.DisplayName)
                if ($PassThru) { $judged }
                return
            }
            if ($judged.Verdict -ne 'needs-repair') {
                $message = $script:Strings.PolicyNeedsHand -f $policy.DisplayName, $judged.Verdict
                $action = $script:Strings.PolicyNeedsHandAction
                $PSCmdlet.WriteError((New-ErrorRecord REFUSED InvalidOperation $message -TargetObject $judged -Action $action))
                return
            }
            if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
            $description = $script:Strings.PolicyDescription -f $policy.DisplayName, $judged.CorrectedText
            $question = $script:Strings.PolicyQuestion -f $policy.DisplayName, $judged.CorrectedText
            if (-not (Confirm-Change -Caller $PSCmdlet -Description $description -Question $question -Caption $script:Strings.PolicyCaption)) { return }

            New-BackupFolder -Caller $PSCmdlet -Folder $folder
            try {
                $after = Set-CipherSuiteOrder -Policy $policy -Text $judged.CorrectedText -Where $where -BackupFolder $folder
                $links = @(if ($PassThru) { Get-GroupPolicyLink $policy $where })
            } catch {
                $PSCmdlet.WriteError((ConvertTo-GroupPolicyError $_ $target))
                return
            }
            if ($null -eq $after -or $after.Type -ne 'String' -or $after.Text -cne $judged.CorrectedText) {
                $message = $script:Strings.ReadBackDiffers -f $policy.DisplayName
                $action = $script:Strings.ReadBackDiffersAction -f $folder
                $PSCmdlet.WriteError((New-ErrorRecord READ_BACK_DIFFERS InvalidResult $message -TargetObject $judged -Action $action))
                return
            }
            $PSCmdlet.WriteWarning(($script:Strings.PolicyRefresh -f $policy.DisplayName))
            if ($PassThru) { ConvertTo-GroupPolicy -Caller $PSCmdlet -Policy $policy -Order $after -Links $links }
        } catch {
            Stop-Command $PSCmdlet $_
        }
    }
}

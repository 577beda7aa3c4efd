# What Format-List shows of each type without being asked for more. Not in a file of types, which would ask for a signature of its own.
$displayProperties = @{
    CipherSuite = 'Position', 'Name', 'KeyExchange', 'IsDhe', 'Protocols'
    Status = 'Verdict', 'GoverningLayer', 'DheSuites', 'OfferedSuites', 'Findings', 'Path'
    Finding = 'Severity', 'Id', 'Message'
    Backup = 'BackupId', 'CreatedAt', 'Suites', 'RemovedSuites', 'IsDamaged'
    Outcome = 'Operation', 'Outcome', 'IsChanged', 'RestartAdvised', 'BackupId', 'Suites', 'GoverningLayer', 'PolicyText', 'Message'
    TestResult = 'IsPassed', 'Reason', 'GoverningLayer', 'DheSuites'
    PolicyText = 'Text', 'RemovedSuites', 'FaultCount', 'Length', 'IsTooLong'
    PolicyFault = 'Position', 'Kind', 'Action', 'Found'
    PolicySource = 'Name', 'GpoId', 'Precedence'
    GroupPolicy = 'Name', 'Domain', 'Verdict', 'DheSuites', 'FaultCount', 'CorrectedText'
    GroupPolicyLink = 'IsEnabled', 'IsEnforced', 'Path'
    GroupPolicyFile = 'Name', 'Path', 'Kind', 'Verdict', 'DheSuites', 'FaultCount', 'CorrectedText'
    ProbeResult = 'ComputerName', 'Port', 'Verdict', 'Reason', 'Faults', 'OneIn', 'CipherSuite'
    ProbeHandshake = 'Id', 'Result', 'Milliseconds'
    Evidence = 'Verdict', 'First', 'Last', 'Seen', 'DheSeen', 'LeftWithNothing', 'Fault', 'Peers'
    EvidencePeer = 'Peer', 'Role', 'Port', 'Seen', 'DheSeen', 'Failed', 'Last', 'OnlyDhe', 'Removal', 'Reason'
    EvidenceSource = 'Source', 'Form', 'Seen', 'Malformed'
    EvidenceFailure = 'EventId', 'Alert', 'Count'
    EvidenceComparison = 'Verdict', 'Doubts', 'Hours', 'Events', 'Broke', 'NewPeersThatFail', 'Missing'
    EvidenceEventChange = 'EventId', 'Before', 'After', 'Chance'
    EvidencePeerChange = 'Peer', 'Role', 'Port', 'Seen', 'Failed'
    SelfCheck = 'IsPassed', 'TakenAt', 'IsDeep', 'Checks'
    SelfCheckItem = 'Verdict', 'Id', 'Expected', 'Found'
}
foreach ($type in $displayProperties.Keys) {
    Update-TypeData -TypeName "SchannelDhe.$type" -DefaultDisplayPropertySet $displayProperties[$type] -Force
}

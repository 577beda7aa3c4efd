# Whether DHE is offered, as a sentence. The program's own where there is no verdict: it says why.
function Get-VerdictSentence($Document) {
    $layer = Get-LayerLabel $Document.governance.layer
    switch ($Document.verdict) {
        'no-dhe-offered' { $script:Strings.NoDheOffered -f $layer }
        'dhe-offered' { $script:Strings.DheOffered -f @($Document.dheSuites).Count, $layer }
        default { $Document.message }
    }
}

# Completes command lines of xianfeng in PowerShell.
Register-ArgumentCompleter -Native -CommandName 'xianfeng' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $withValues = @(@with-values@)
    $command = ''
    $count = 0
    $previous = ''
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        $isValue = $withValues -ccontains $previous
        $previous = $word
        if ($isValue) { $previous = ''; continue }
        if ($word.StartsWith('-')) { continue }
        switch -CaseSensitive ("$command $word") {
            @names@
            default { $count++ }
        }
    }
    $items = [System.Collections.Generic.List[object]]::new()
    $add = { param($word, $meaning) $items.Add(@($word, [regex]::Unescape($meaning))) }
    if ($withValues -ccontains $previous) {
        switch -CaseSensitive ("$command $previous") {
            @values@
        }
    } elseif ($wordToComplete.StartsWith('-')) {
        switch -CaseSensitive ($command) {
            @options@
        }
    } else {
        switch -CaseSensitive ("$command $count") {
            @words@
        }
    }
    $items | Where-Object { $_[0].StartsWith($wordToComplete, [System.StringComparison]::Ordinal) } |
        ForEach-Object {
            $meaning = if ($_[1]) { $_[1] } else { $_[0] }
            [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $meaning)
        }
}

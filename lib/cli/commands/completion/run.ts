/** `completion`: a script for PowerShell 5.1 and 7, in ASCII whatever the code page of the console. */

import { formatJson } from '../../../files/ascii-json';
import type { Language } from '../../../messages/languages';
import type { Command } from '../../command';
import { type CommandContext, type Content, writeJson } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import type { Outcome } from '../../exit-code';
import { generalOptions, machineOptions } from '../../global-options';
import { type Options, spell } from '../../option';
import type { documents } from './documents';

export async function run(context: CommandContext, _: object, shell: string): Promise<Outcome> {
  if (shell !== 'powershell') {
    throw new CommandLineError({ kind: 'wrong-choice', option: '<shell>', found: shell, choices: ['powershell'] });
  }
  const script = writePowerShell(context.commands, context.language);
  const content = { shell, script } satisfies Content<(typeof documents)['completion']>;
  if (context.json) writeJson(context, 'completion', 'done', content);
  else context.host.write(script);
  return 'done';
}

interface Completion {
  readonly name: string;
  readonly help: string;
  /** What can follow it: the values of an option, null where any text can; left out for a flag. */
  readonly values?: readonly string[] | null;
}

function writePowerShell(commands: readonly Command[], language: Language): string {
  const describe = (options: Options): Completion[] =>
    Object.entries(options).map(([name, option]) => ({
      name: spell(name),
      help: option.help[language],
      ...(option.kind !== 'flag' && { values: 'choices' in option ? option.choices : null }),
    }));
  const table = commands.map(({ name, help, options, machine }) => ({
    name,
    help: help[language],
    options: describe({ ...options, ...generalOptions, ...(machine !== 'none' && machineOptions) }),
  }));
  // In a single-quoted text an apostrophe alone has a meaning.
  const data = formatJson(table, 0).replaceAll("'", "''");
  return `# Completion of schannel-dhe. In the profile: schannel-dhe completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'schannel-dhe', 'schannel-dhe.exe', 'schannel-dhe.cmd' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $commands = '${data}' | ConvertFrom-Json
    $given = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { [string] $_ })
    $valued = @($commands.options | Where-Object { $_.PSObject.Properties['values'] } | ForEach-Object { $_.name })
    $words = @(for ($index = 0; $index -lt $given.Count; $index += 1) {
        $isValue = $index -gt 0 -and $valued -contains $given[$index - 1]
        if ($given[$index] -notlike '-*' -and -not $isValue) { $given[$index] }
    })
    $found = @($commands | Where-Object { $_.name -eq $words[0] -or $_.name -eq "$($words[0]) $($words[1])" })
    if ($found.Count -eq 0) {
        # The next word of a command's name.
        $prefix = if ($words.Count -eq 0) { '' } else { "$($words[0]) " }
        $items = @($commands | Where-Object { $_.name.StartsWith($prefix) } | Group-Object { $_.name.Substring($prefix.Length).Split(' ')[0] } |
            ForEach-Object { [pscustomobject] @{ name = $_.Name; help = @($_.Group.help) -join "\`n" } })
    } else {
        $items = @($found[0].options)
        if ($given.Count -gt 0) {
            $last = @($items | Where-Object { $_.name -eq $given[-1] -and $_.PSObject.Properties['values'] })
            if ($last.Count -gt 0) {
                # Nothing is offered for a free text, so that PowerShell offers files.
                $items = @($last[0].values | Where-Object { $_ } | ForEach-Object { [pscustomobject] @{ name = $_; help = $last[0].help } })
            }
        }
    }
    $items | Where-Object { $_.name -like "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_.name, $_.name, 'ParameterValue', $_.help)
    }
}
`;
}

import type { CommandLineMessages } from '../shape';

export const commandLine: CommandLineMessages = {
  suiteColumns: ['cipher suite', 'number', 'key exchange', 'protocols'],
  askDeepCheck:
    'This changes the suite list and the policies of this machine for some seconds and puts them back. Go on? [y/N] ',
  unexpected: (found) => `Unexpected, a fault of this program: ${found}`,
  notShown: (reason) => `The output could not be written (${reason}).`,
  problem: {
    'no-command': () => 'A command is missing. "schannel-dhe --help" lists them.',
    'unknown-command': ({ found }) => `There is no command "${found}". "schannel-dhe --help" lists them.`,
    'unknown-option': ({ option, command }) =>
      `"${command}" has no option ${option}. "schannel-dhe ${command} --help" lists them.`,
    'no-value': ({ option }) => `${option} needs a value.`,
    'no-flag': ({ option }) => `${option} takes no value.`,
    repeated: ({ option }) => `${option} is given more than once.`,
    'wrong-choice': ({ option, found, choices }) => `${option}: expected ${choices.join(', ')}, found "${found}".`,
    'wrong-integer': ({ option, found, least, most }) =>
      `${option}: expected an integer from ${least} to ${most}, found "${found}".`,
    'wrong-seconds': ({ option, found, least, most }) =>
      `${option}: expected seconds from ${least} to ${most}, found "${found}".`,
    'wrong-time': ({ option, found }) => `${option}: expected a time such as 30m, 2h or 3d, found "${found}".`,
    excluded: ({ option, other }) => `${option} and ${other} exclude each other: give one of them.`,
    needs: ({ option, others }) => `${option} means nothing without ${others.join(' or ')}.`,
    'no-machine': ({ option, command }) => `"${command}" uses no machine, so ${option} means nothing to it.`,
    'no-operand': ({ operand }) => `${operand} is missing.`,
    'too-many-operands': ({ found }) => `There is one argument too many: "${found}".`,
    'unknown-symptom': ({ found, known }) =>
      `Nothing is known of "${found}". Known: ${known.join(', ')}, and messages with one of them inside.`,
    'unknown-schema': ({ found, known }) => `There is no schema "${found}". Known: ${known.join(', ')}.`,
    'needs-consent': () =>
      'Nobody can be asked here, so nothing was changed. Run it at a terminal, or give --yes to agree beforehand.',
  },
  help: {
    program: 'Stops Windows Schannel from offering finite-field DHE cipher suites.',
    usage: 'Usage:',
    examples: 'Examples:',
    commands: 'Commands:',
    options: 'Options:',
    everywhere: 'Options of every command:',
    more: '"schannel-dhe <command> --help" explains a command.',
    changes: 'It changes the machine, as administrator.',
    'may-change': 'It changes the machine where an option says so, as administrator.',
    request: `For programs that host this one, without any quoting:
  schannel-dhe --request      takes JSON on stdin:
                              {"arguments": ["status", "--json"], "input": "..."}`,
    exitCodes: 'Exit codes:',
    outcome: 'outcome',
    sentence: (summary) => `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
    choices: (choices) => `(${choices.join(', ')})`,
    standard: (value) => `(if left out: ${value})`,
  },
};

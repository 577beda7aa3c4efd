import type { CommandLineMessages } from '../shape';

export const commandLine: CommandLineMessages = {
  suiteColumns: ['cipher suite', 'number', 'key exchange', 'protocols'],
  unknownSchema: (name, known) => `There is no schema ${JSON.stringify(name)}. Known: ${known.join(', ')}.`,
  askDeepCheck:
    'This changes the suite list and the policies of this machine for some seconds and puts them back. Go on? [y/N] ',
  unexpected: 'Unexpected',
};

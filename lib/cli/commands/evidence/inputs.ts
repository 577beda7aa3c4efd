/** What the command line names → sources that can be opened, with progress over all of them. */
import { isIP } from 'node:net';
import { InvalidInputError } from '../../../errors';
import type { EvidenceInput } from '../../../evidence/gather-evidence';
import { findTshark, openTshark } from '../../../evidence/tshark';
import { findSources } from '../../../files/find-sources';
import type { CommandContext } from '../../command-context';
import { streamFiles, streamStdin } from '../../stream-files';

/**
 * Addresses as `tshark` and logs write them.
 *
 * @throws InvalidInputError
 */
export function readAddresses(texts: readonly string[]): string[] {
  return texts.map((text) => {
    const form = isIP(text);
    if (form === 0) throw new InvalidInputError('--local', undefined, 'local-address', { text });
    return form === 4 || text.includes('%') ? text : new URL(`http://[${text}]`).hostname.slice(1, -1);
  });
}

export function openInputs(context: CommandContext, names: readonly string[], tshark?: string): EvidenceInput[] {
  const files = openFiles(
    context,
    names.filter((name) => name !== '-'),
    tshark,
  );
  return names.includes('-') ? [...files, stdinInput(context.host)] : files;
}

/** These can be opened again. */
export function openFiles({ host }: CommandContext, names: readonly string[], tshark?: string): EvidenceInput[] {
  const files = findSources(names);
  const open = streamFiles(files, host);
  return files.map((one) => ({
    source: one.file,
    isNamed: one.isNamed,
    open: () => open(one),
    openCapture: () => openTshark(findTshark(tshark), one.file),
  }));
}

function stdinInput(host: CommandContext['host']): EvidenceInput {
  return {
    source: 'stdin',
    isNamed: true,
    open: () => streamStdin(host),
    // `tshark` refuses the sockets that stand for pipes between programs.
    openCapture: () => {
      throw new InvalidInputError('stdin', undefined, 'capture-file', 'piped-capture');
    },
  };
}

const systemLog = 'System';

/** The events of Schannel in the log of the machine itself. */
export async function openEvents({ open }: CommandContext): Promise<EvidenceInput> {
  const binding = await open({ forChange: false });
  return {
    source: systemLog,
    isNamed: true,
    open: () => binding.readSchannelEvents(),
    openCapture: () => {
      throw new InvalidInputError(systemLog, undefined, 'evidence-source', 'capture');
    },
  };
}

/** What the command line names → sources that can be opened, with progress over all of them. */
import { InvalidInputError } from '../../../errors';
import { findSources } from '../../../evidence/find-sources';
import type { EvidenceInput } from '../../../evidence/gather-evidence';
import { findTshark, openTshark } from '../../../evidence/tshark';
import { streamInputFile } from '../../../files/user-file';
import type { CommandContext } from '../../command-context';

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
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let [done, shown] = [0, -1];
  const count = async function* (file: string): AsyncGenerator<Uint8Array> {
    for await (const piece of streamInputFile(file)) {
      yield piece;
      done += piece.byteLength;
      const percent = Math.floor((done * 100) / total);
      if (percent !== shown) host.showProgress?.(percent / 100);
      shown = percent;
    }
  };
  return files.map(({ file, isNamed }) => ({
    source: file,
    isNamed,
    open: () => count(file),
    openCapture: () => openTshark(findTshark(tshark), file),
  }));
}

function stdinInput(host: CommandContext['host']): EvidenceInput {
  const whole = async function* () {
    yield await host.readStdin();
  };
  return {
    source: 'stdin',
    isNamed: true,
    open: () => host.streamStdin?.() ?? whole(),
    // `tshark` refuses the sockets that stand for pipes between programs.
    openCapture: () => {
      throw new InvalidInputError('stdin', undefined, 'capture-file', 'capture');
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

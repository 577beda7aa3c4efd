/** Windows' own wevtutil, by its full path, without a shell and without the caller's environment. */
import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { EventLogReadError } from '../errors';

/** What was negotiated, and what failed: no suite to begin with or in common, an alert that came, one that was sent. */
const events = [36880, 36873, 36874, 36887, 36888];

const query = `*[System[Provider[@Name='Schannel'] and (${events.map((id) => `EventID=${id}`).join(' or ')})]]`;

export const wevtutilArguments = ['qe', 'System', `/q:${query}`, '/f:xml', '/e:Events', '/uni:true'];

/** @throws EventLogReadError */
export async function* readSchannelEvents(
  systemFolder: string,
  program = win32.join(systemFolder, 'wevtutil.exe'),
): AsyncGenerator<Uint8Array> {
  // What Windows itself needs, Node adds.
  const child = spawn(program, wevtutilArguments, {
    shell: false,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    const reason = await ended;
    if (reason !== 0) throw new EventLogReadError(program, reason);
  } finally {
    child.kill();
  }
}

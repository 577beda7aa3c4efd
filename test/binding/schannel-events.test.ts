/** The events of Schannel by way of wevtutil: what it is called with, and what becomes of what it prints. */
import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSchannelEvents } from '../../lib/binding/schannel-events';
import { gatherEvidence } from '../../lib/evidence/gather-evidence';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { run, useFolder } from '../cli/run';

const folder = useFolder();

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function standIn(name: string, script: string): string {
  writeFileSync(folder(name), `#!/bin/sh\n${script}\n`);
  chmodSync(folder(name), 0o755);
  return folder(name);
}

describe.skipIf(process.platform === 'win32')('wevtutil', () => {
  it('is asked for the events of Schannel in the System log alone, and to read alone', async () => {
    const program = standIn('argv', 'for word; do echo "$word"; done');
    expect((await textOf(readSchannelEvents('C:\\Windows\\System32', program))).split('\n')).toEqual([
      'qe',
      'System',
      "/q:*[System[Provider[@Name='Schannel'] and (EventID=36880 or EventID=36873 or EventID=36874 or EventID=36887 or EventID=36888)]]",
      '/f:xml',
      '/e:Events',
      '/uni:true',
      '',
    ]);
  });

  it('is given nothing of the caller’s environment', async () => {
    process.env['PLANTED'] = 'planted';
    const text = await textOf(readSchannelEvents('', standIn('environment', '/usr/bin/env')));
    delete process.env['PLANTED'];
    expect(text).not.toContain('planted');
  });

  it('that is not there, or is denied, is an error with its reason', async () => {
    await expect(textOf(readSchannelEvents('', folder('nothing')))).rejects.toMatchObject({
      code: 'EVENT_LOG_READ',
      reason: 'ENOENT',
    });
    const denied = standIn('denied', 'echo "<Events>"; exit 5');
    await expect(textOf(readSchannelEvents('', denied))).rejects.toMatchObject({ code: 'EVENT_LOG_READ', reason: 5 });
  });

  it('prints UTF-16, which is read as it comes', async () => {
    const program = standIn(
      'utf16',
      `iconv -f UTF-8 -t UTF-16LE "${process.cwd()}/test/fixtures/evidence/schannel-events.rooted.xml"`,
    );
    const input = {
      source: 'System',
      isNamed: true,
      open: () => readSchannelEvents('', program),
      openCapture: () => {
        throw new Error('no capture');
      },
    };
    const evidence = await gatherEvidence([input], { remaining: null });
    expect(evidence.sources).toMatchObject([{ form: 'schannel-events', observations: 12, malformed: { count: 0 } }]);
  });
});

it('the events of a simulated machine are kept with it', async () => {
  const machine = new SimulatedMachine({ windows: 'ws2022' });
  machine.logEvent(
    `<Event xmlns='x'><System><Provider Name='Schannel'/><EventID>36880</EventID><TimeCreated SystemTime='2026-11-24T09:05:03Z'/><Computer>a</Computer></System><UserData><EventXML><Type>client</Type><Protocol>TLS 1.2</Protocol><CipherSuite>0x9f</CipherSuite></EventXML></UserData></Event>`,
  );
  writeFileSync(folder('machine.json'), JSON.stringify(machine));
  const { stdout } = await run(`evidence --events --json --simulate ws2022 --state ${folder('machine.json')}`);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'dhe-seen', totals: { keyExchanges: { DHE: 1 } } });
});

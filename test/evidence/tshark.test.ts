import { chmodSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTshark } from '../../lib/evidence/tshark';
import { useFolder } from '../cli/run';

const folder = useFolder();

it.skipIf(process.platform === 'win32')(
  'gives tshark nothing of the environment that could make it load code',
  async () => {
    const program = folder('tshark');
    writeFileSync(program, '#!/bin/sh\n/usr/bin/env\n');
    chmodSync(program, 0o755);
    const steering = ['WIRESHARK_PLUGIN_DIR', 'WIRESHARK_EXTCAP_DIR', 'WIRESHARK_DATA_DIR', 'HOME', 'XDG_CONFIG_HOME'];
    const before = { ...process.env };
    for (const name of steering) process.env[name] = folder('planted');
    const printed: Buffer[] = [];
    try {
      for await (const piece of openTshark(program, 'capture.pcapng').read()) printed.push(Buffer.from(piece));
    } finally {
      for (const name of steering) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    const text = Buffer.concat(printed).toString();
    expect(text).toContain('WIRESHARK_CONFIG_DIR=');
    expect(text).not.toContain('planted');
  },
);

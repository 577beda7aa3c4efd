/** The servers of the world, on loopback. Each test starts its own and ends it by its process. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { beforeAll, describe, expect, it } from 'vitest';
import { bitLength, ffdheGroup, type Group, nameOfGroup } from '../../lib/probe/finite-field';
import { measurePeer } from '../../lib/probe/measure-peer';
import { type ProbeOptions, probePeer } from '../../lib/probe/probe-peer';
import { readIdentity } from '../../lib/probe/read-identity';
import { canRun } from '../../scripts/build/test/test-needs';
import { run } from '../cli/run';
import { makeGroup } from './faulty-peer';
import { ownGroups } from './own-groups';
import { freePort } from './server-process';
import { useServerFolder } from './use-server-folder';

const folder = useServerFolder();
const file = (name: string) => folder.file(name);

beforeAll(() => {
  if (!canRun('OpenSSL')) return;
  const pkcs12 = 'pkcs12 -export -passout pass:secret'.split(' ');
  execFileSync('openssl', [...pkcs12, '-inkey', file('key.pem'), '-in', file('cert.pem'), '-out', file('store.p12')]);
});

const groups = [...ownGroups, ['ffdhe2048', ffdheGroup(2048)], ['ffdhe3072', ffdheGroup(3072)]] as const;
/** As patient as a busy machine asks for. */
const probe = (port: number, more: Partial<ProbeOptions> = {}) =>
  probePeer({ host: '127.0.0.1', port, timeoutMilliseconds: 120_000, ...more });
const timeout = 600_000;
/** The probe finds that group, and nothing wrong. */
async function expectGroup(port: number, { p }: Group): Promise<void> {
  const { verdict, server } = await probe(port);
  expect(verdict).toEqual({ id: 'not-affected' });
  expect(server).toMatchObject({ group: nameOfGroup(p) ?? null, groupBits: bitLength(p) });
}

function makeDss(): void {
  const [key, dss] = [file('dss-key.pem'), file('dss.pem')];
  if (existsSync(dss)) return;
  execFileSync('openssl', ['dsaparam', '-genkey', '-noout', '-out', key, '2048'], { stdio: 'ignore' });
  const request = 'req -x509 -days 2 -subj /CN=localhost -key'.split(' ');
  execFileSync('openssl', [...request, key, '-out', dss], { stdio: 'ignore' });
}

const certificate = () => ['-key', file('key.pem'), '-cert', file('cert.pem')];

describe.runIf(canRun('OpenSSL'))('OpenSSL', () => {
  const serve = async (...more: readonly string[]) => {
    const port = await freePort();
    const version = more.some((word) => word.startsWith('-tls1')) ? [] : ['-tls1_2'];
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, ...version, '-quiet', ...certificate(), ...more];
    return folder.start(port, { command: 'openssl', args });
  };

  it.each(groups)('with the group %s', { timeout }, async (_, group) => {
    const parameters = folder.writeParameters(group);
    await expectGroup(await serve('-dhparam', parameters, '-cipher', 'DHE:@SECLEVEL=0'), group);
  });

  it.each(['DHE-RSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-SHA', 'DHE-RSA-AES256-SHA256'])('with %s', async (cipher) => {
    const { verdict, server, cases } = await probe(await serve('-cipher', cipher));
    expect(verdict).toEqual({ id: 'not-affected' });
    expect(server?.group).toMatch(/^(ffdhe|modp)/);
    expect(cases.length).toBeLessThanOrEqual(12);
  });

  it.each(['DHE-DSS-AES256-GCM-SHA384', 'DHE-DSS-AES128-SHA'])(
    'with a DSS certificate, %s',
    { timeout },
    async (cipher) => {
      const [key, dss] = [file('dss-key.pem'), file('dss.pem')];
      makeDss();
      const { verdict, server } = await probe(
        await serve('-key', key, '-cert', dss, '-cipher', `${cipher}:@SECLEVEL=0`),
      );
      expect(verdict).toEqual({ id: 'not-affected' });
      expect(server?.suite).toMatch(/^TLS_DHE_DSS_/);
    },
  );

  it('with ECDHE alone', async () => {
    expect((await probe(await serve('-cipher', 'ECDHE'))).verdict).toEqual({ id: 'no-dhe-offered', refusals: 14 });
  });

  it('measured, has no failures, and the interval says how little that proves', async () => {
    const port = await serve('-cipher', 'DHE:ECDHE');
    const { dhe, ecdhe, fits } = await measurePeer({
      host: '127.0.0.1',
      port,
      count: 40,
      perSecond: 1_000,
      timeoutMilliseconds: 60_000,
    });
    expect([dhe.handshakes, dhe.failures, ecdhe.handshakes, ecdhe.failures]).toEqual([40, 0, 40, 0]);
    expect(dhe.high).toBeCloseTo(0.0881, 3);
    expect(fits).toEqual([]);
  });

  it('as a user sees it, in JSON that its schema describes and in Japanese', async () => {
    const port = await serve('-cipher', 'DHE');
    const target = `127.0.0.1:${port} --timeout 60`;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [kind, words] of [
      ['probe', `probe ${target}`],
      ['measurement', `probe ${target} --measure 5`],
    ]) {
      const { stdout, exitCode } = await run(`${words} --json`);
      expect(exitCode).toBe(0);
      const { stdout: schema } = await run(`schema ${kind}`);
      expect(ajv.validate(JSON.parse(schema), JSON.parse(stdout)), ajv.errorsText()).toBe(true);
    }
    expect((await run(`probe ${target} --language ja`)).stdout).toContain('問題はありません');
    const { stdout, exitCode } = await run('probe --hosts - --timeout 60', {
      stdin: `# two\n127.0.0.1:${port}\nno host\n`,
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, lines.map(({ kind }) => kind).sort()]).toEqual([2, ['error', 'probe', 'probe-summary']]);
    expect(await run('probe nonsense:99999')).toMatchObject({ exitCode: 2 });
  });

  it('asking for a certificate', async () => {
    expect((await probe(await serve('-cipher', 'DHE', '-verify', '1'))).verdict).toEqual({ id: 'not-affected' });
  });

  it.each([
    ['1.0', ['-tls1', '-cipher', 'DHE:@SECLEVEL=0']],
    ['1.1', ['-tls1_1', '-cipher', 'DHE:@SECLEVEL=0']],
    ['1.2', ['-tls1_2', '-cipher', 'DHE']],
    ['1.3', ['-tls1_3', '-groups', 'ffdhe2048']],
  ] as const)('demanding a certificate in TLS %s', { timeout }, async (tls, words) => {
    const port = await serve(...words, '-Verify', '1');
    const without = await probe(port, { tls });
    // In TLS 1.3 the server has finished its part before it misses one.
    expect(without.verdict).toMatchObject(tls === '1.3' ? { id: 'not-affected' } : { reason: 'certificate-required' });
    const pem = (name: string) => ({ source: name, bytes: readFileSync(file(name)) });
    const identity = await readIdentity({ certificate: pem('cert.pem'), key: pem('key.pem') });
    expect((await probe(port, { tls, identity })).verdict).toEqual({ id: 'not-affected' });
  });

  it.each([
    ['1.0', '-tls1'],
    ['1.1', '-tls1_1'],
  ] as const)('speaking TLS %s alone, with RSA and with DSS', { timeout }, async (version, flag) => {
    const port = await serve(flag, '-cipher', 'DHE:@SECLEVEL=0');
    for (const tls of [undefined, version]) {
      const { verdict, server } = await probe(port, tls === undefined ? {} : { tls });
      expect([verdict.id, server?.tls]).toEqual(['not-affected', version]);
    }
    expect((await probe(port, { tls: '1.2' })).verdict.id).toBe('inconclusive');
    await folder.end();
    makeDss();
    const dss = ['-key', file('dss-key.pem'), '-cert', file('dss.pem'), '-cipher', 'DHE-DSS-AES128-SHA:@SECLEVEL=0'];
    const { verdict, server } = await probe(await serve(flag, ...dss));
    expect([verdict.id, server?.tls]).toEqual(['not-affected', version]);
    expect(server?.suite).toBe('TLS_DHE_DSS_WITH_AES_128_CBC_SHA');
  });

  it('speaking TLS 1.2 alone is not cleared by what it refuses in another version', { timeout }, async () => {
    const port = await serve('-tls1_2', '-cipher', 'DHE:ECDHE');
    for (const tls of ['1.0', '1.3'] as const) {
      expect((await probe(port, { tls })).verdict).toEqual({ id: 'inconclusive', reason: 'version-refused' });
    }
  });

  it('speaking TLS 1.3 is said to keep to RFC 8446', { timeout }, async () => {
    const port = await serve('-tls1_3', '-groups', 'ffdhe2048');
    for (const language of ['en', 'ja']) {
      const { stdout } = await run(
        `probe 127.0.0.1:${port} --tls 1.3 --hunt 3000 --timeout 120 --language ${language}`,
      );
      expect([stdout.includes('RFC 8446'), stdout.includes('RFC 5246')]).toEqual([true, false]);
    }
  });

  it.each(['ffdhe2048', 'ffdhe3072'])('speaking TLS 1.3 with %s', { timeout }, async (name) => {
    const { verdict, server, cases } = await probe(await serve('-tls1_3', '-groups', name), {
      tls: '1.3',
      hunt: 3_000,
    });
    expect([verdict.id, server?.group, server?.tls]).toEqual(['not-affected', name, '1.3']);
    expect(cases.at(-1)).toMatchObject({ outcome: 'passed', lengths: { sharedSecret: expect.any(Number) } });
  });

  it('speaking TLS 1.3 with curves alone', { timeout }, async () => {
    expect((await probe(await serve('-tls1_3', '-groups', 'X25519'), { tls: '1.3' })).verdict.id).toBe(
      'no-dhe-offered',
    );
  });

  it.each([
    'DHE-RSA-CHACHA20-POLY1305',
    'DHE-RSA-AES128-CCM',
    'DHE-RSA-AES256-CCM8',
    'DHE-RSA-CAMELLIA128-SHA256',
    'DHE-RSA-CAMELLIA256-SHA',
    'DHE-RSA-ARIA256-GCM-SHA384',
    'ADH-AES128-GCM-SHA256',
    'ADH-AES256-SHA',
  ])('with %s alone', { timeout }, async (cipher) => {
    expect((await probe(await serve('-cipher', `${cipher}:@SECLEVEL=0`))).verdict).toEqual({ id: 'not-affected' });
  });

  it('with pre-shared keys alone', { timeout }, async () => {
    const { verdict, cases } = await probe(await serve('-cipher', 'DHE-PSK-AES128-GCM-SHA256', '-psk', '00ff'));
    expect(verdict).toEqual({ id: 'inconclusive', reason: 'suite-not-spoken' });
    expect(cases.find(({ result }) => result === 'suite-not-spoken')?.detail).toBe(
      'TLS_DHE_PSK_WITH_AES_128_GCM_SHA256',
    );
  });

  it.each([
    ['DHE-PSK-CAMELLIA128-SHA256', 'DHE-RSA-CAMELLIA128-SHA256'],
    ['DHE-PSK-NULL-SHA', 'ADH-AES128-SHA'],
  ])('with pre-shared keys by its own order first (%s), and %s', { timeout }, async (first, second) => {
    const port = await serve('-serverpref', '-cipher', `${first}:${second}:@SECLEVEL=0`, '-psk', '00ff');
    expect((await probe(port)).verdict).toEqual({ id: 'not-affected' });
  });

  it('with an RSA-PSS certificate', { timeout }, async () => {
    const [key, pss] = [file('pss-key.pem'), file('pss.pem')];
    const words = 'req -x509 -newkey rsa-pss -pkeyopt rsa_keygen_bits:2048 -nodes -days 2 -subj /CN=localhost'.split(
      ' ',
    );
    execFileSync('openssl', [...words, '-keyout', key, '-out', pss], { stdio: 'ignore' });
    expect((await probe(await serve('-key', key, '-cert', pss, '-cipher', 'DHE'))).verdict).toEqual({
      id: 'not-affected',
    });
  });

  it('opens PFX files of old and new Windows, with RSA and with elliptic keys', () => {
    const [key, ec] = [file('ec-key.pem'), file('ec.pem')];
    const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x'.split(' ');
    execFileSync('openssl', [...words, '-keyout', key, '-out', ec], { stdio: 'ignore' });
    const exports = [
      [file('key.pem'), file('cert.pem'), []],
      [file('key.pem'), file('cert.pem'), ['-legacy']],
      [key, ec, []],
    ] as const;
    return Promise.all(
      exports.map(async ([inkey, certificate, more], index) => {
        const pfx = file(`client-${index}.pfx`);
        const made = ['pkcs12', '-export', '-passout', 'pass:secret', '-inkey', inkey, '-in', certificate, '-out', pfx];
        execFileSync('openssl', [...made, ...more]);
        const read = (passphrase: string) =>
          readIdentity({ certificate: { source: pfx, bytes: readFileSync(pfx) }, passphrase });
        expect((await read('secret')).certificates).toHaveLength(1);
        await expect(read('wrong')).rejects.toMatchObject({ expected: 'certificate-file' });
      }),
    );
  });

  it('hunts for a public value of the server that begins with a zero', async () => {
    const parameters = folder.writeParameters(makeGroup(1024, 0x80));
    const port = await serve('-dhparam', parameters, '-cipher', 'DHE:@SECLEVEL=0');
    const { server } = await probe(port, { hunt: 3_000 });
    expect(server?.ownPublicZeros).toMatch(/^(padded|short)$/);
  });
});

it.runIf(canRun('GnuTLS')).each(groups)('GnuTLS, %s', { timeout }, async (_, group) => {
  const port = await freePort();
  const priority = '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA';
  const parameters = `--dhparams=${folder.writeParameters(group)}`;
  const files = [parameters, `--x509keyfile=${file('key.pem')}`, `--x509certfile=${file('cert.pem')}`];
  const args = ['--port', String(port), priority, '--http', '--disable-client-cert', ...files];
  await folder.start(port, { command: 'gnutls-serv', args });
  await expectGroup(port, group);
});

it.runIf(canRun('GnuTLS'))('GnuTLS is not cleared by a version that it does not speak', { timeout }, async () => {
  const port = await freePort();
  const priority = '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2';
  const files = [`--x509keyfile=${file('key.pem')}`, `--x509certfile=${file('cert.pem')}`];
  const args = ['--port', String(port), priority, '--http', '--disable-client-cert', ...files];
  await folder.start(port, { command: 'gnutls-serv', args });
  for (const tls of ['1.0', '1.1', '1.3'] as const) {
    expect([tls, (await probe(port, { tls })).verdict]).toEqual([
      tls,
      { id: 'inconclusive', reason: 'version-refused' },
    ]);
  }
});

it.runIf(canRun('OpenLDAP'))('OpenLDAP with GnuTLS, and no group but those of RFC 7919', { timeout }, async () => {
  const port = await freePort();
  const configuration = folder.write(
    'slapd.conf',
    `pidfile ${file('slapd.pid')}\nargsfile ${file('slapd.args')}`,
    `TLSCertificateFile ${file('cert.pem')}\nTLSCertificateKeyFile ${file('key.pem')}`,
    'TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA:+ECDHE-RSA',
    'database monitor',
  );
  const args = ['-h', `ldap://127.0.0.1:${port}`, '-f', configuration, '-d', '0'];
  await folder.start(port, { command: 'slapd', args });
  const { verdict, server } = await probe(port, { startTls: 'ldap' });
  expect([verdict.id, server?.group]).toEqual(['not-affected', 'ffdhe2048']);
});

const nginx = () => ({
  command: 'nginx',
  args: ['-p', folder.path, '-c', file('nginx.conf'), '-e', file('nginx.log')],
});

it.runIf(canRun('nginx')).each(groups)('nginx, %s', { timeout }, async (_, group) => {
  const port = await freePort();
  folder.writeParameters(group);
  writeFileSync(
    file('nginx.conf'),
    `daemon off; master_process off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')};
    events {}
    http {
      access_log off; client_body_temp_path ${file('body')}; proxy_temp_path ${file('proxy')};
      fastcgi_temp_path ${file('fastcgi')}; uwsgi_temp_path ${file('uwsgi')}; scgi_temp_path ${file('scgi')};
      server {
        listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2; ssl_ciphers DHE:@SECLEVEL=0;
        ssl_certificate ${file('cert.pem')}; ssl_certificate_key ${file('key.pem')}; ssl_dhparam ${file('dh.pem')};
      }
    }`,
  );
  await folder.start(port, nginx());
  await expectGroup(port, group);
});

it.runIf(canRun('nginx'))('nginx that answers to its own name alone', { timeout }, async () => {
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${file(name)};`);
  folder.write(
    'nginx.conf',
    `daemon off; master_process off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {}`,
    `http { access_log off; ${paths.join(' ')} ssl_protocols TLSv1.2; ssl_ciphers DHE:ECDHE;`,
    `ssl_certificate ${file('cert.pem')}; ssl_certificate_key ${file('key.pem')}; ssl_dhparam ${file('dh.pem')};`,
    `server { listen 127.0.0.1:${port} ssl default_server; ssl_reject_handshake on; }`,
    `server { listen 127.0.0.1:${port} ssl; server_name bücher.example xn--bcher-kva.example; } }`,
  );
  await folder.start(port, nginx());
  expect((await probe(port)).verdict).toEqual({ id: 'inconclusive', reason: 'server-name-required' });
  expect((await probe(port, { serverName: 'bücher.example.' })).verdict).toEqual({ id: 'not-affected' });
  const { stdout } = await run(`probe 127.0.0.1:${port} --timeout 120`);
  expect(stdout).toContain('alert (112, unrecognized_name)');
  expect(stdout).toContain('--server-name');
});

describe.runIf(canRun('Java JSSE'))('Java JSSE', () => {
  beforeAll(() => {
    execFileSync('javac', ['-d', folder.path, join(__dirname, 'JsseServer.java')]);
  });

  const serve = async (store: string, suite: string, ...options: readonly string[]) => {
    const words = [...options, '-cp', folder.path, 'JsseServer', store, 'secret', suite];
    const child = spawn('java', words, { stdio: ['ignore', 'pipe', 'ignore'] });
    folder.endLater(child);
    return new Promise<number>((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(Number(/port (\d+)/.exec(String(text))?.[1])));
      child.once('exit', () => reject(new Error('java ended')));
    });
  };

  it.each(groups)('with the group %s', { timeout }, async (_, group) => {
    const parameters = `-Dgroup={${group.p.toString(16)},${group.g.toString(16)}}`;
    const keySize = `-Djdk.tls.ephemeralDHKeySize=${bitLength(group.p)}`;
    const suite = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
    await expectGroup(await serve(file('store.p12'), suite, parameters, keySize), group);
  });

  it('enforcing the extended master secret', { timeout }, async () => {
    const suite = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
    const port = await serve(file('store.p12'), suite, '-Djdk.tls.allowLegacyMasterSecret=false');
    const { verdict, server } = await probe(port);
    expect([verdict.id, server?.requiresExtendedMasterSecret]).toEqual(['not-affected', true]);
  });

  it.each([
    'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256',
    'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
    'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256',
  ])('with a DSS certificate, %s', { timeout }, async (suite) => {
    const store = file(`${suite}.p12`);
    const words = '-genkeypair -keyalg DSA -keysize 2048 -alias x -dname CN=localhost -storetype PKCS12'.split(' ');
    execFileSync('keytool', [...words, '-keystore', store, '-storepass', 'secret'], { stdio: 'ignore' });
    const { verdict, server } = await probe(await serve(store, suite));
    expect([verdict.id, server?.suite]).toEqual(['not-affected', suite]);
  });
});

/** Real servers that begin with TLS: a stack each, or a program on one. None of their own configuration is used. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Verdict } from '../../lib/probe/probe-report';
import { type Group, libraries, tlslitePython } from '../../scripts/build/test/test-needs';
import type { ServerFolder } from './server-process';

export interface TlsServer {
  readonly group: Group;
  /** Where it is not the group's. */
  readonly name?: string;
  readonly command: string;
  /** Arguments, after what else it needs was written. */
  readonly prepare: (port: number) => readonly string[];
  /** What is known of it from its source or its documentation. */
  readonly truth: Verdict['id'];
}

const suite = 'DHE-RSA-AES128-GCM-SHA256';
const sources = join(__dirname, 'servers');

const bouncyCastle = [
  'org.bouncycastle.jce.provider.BouncyCastleProvider',
  'org.bouncycastle.jsse.provider.BouncyCastleJsseProvider',
];
const jars = ['bctls', 'bcprov', 'bcpkix', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`).join(':');

export function tlsServers(folder: ServerFolder): readonly TlsServer[] {
  const file = folder.file.bind(folder);
  const [key, certificate, parameters] = ['key.pem', 'cert.pem', 'dh.pem'].map(file) as [string, string, string];
  const script = (name: string) => (port: number) => [join(sources, name), String(port), certificate, key, parameters];
  const both = () => folder.writeJoined('both.pem', key, certificate, parameters);
  const healthy = 'not-affected' as const;
  const compile = (group: keyof typeof libraries, name: string): void => {
    const options = libraries[group].map((one) => `-l${one}`);
    execFileSync('gcc', ['-o', file(name), join(sources, `${name}.c`), ...options]);
  };
  const writeStore = (): string => {
    const files = ['-inkey', key, '-in', certificate, '-out', file('store.p12')];
    execFileSync('openssl', ['pkcs12', '-export', '-passout', 'pass:secret', '-name', 'server', ...files]);
    return file('store.p12');
  };
  const java = (port: number): readonly string[] => {
    const program = [join(__dirname, 'JsseServer.java'), writeStore(), 'secret'];
    return ['-Djdk.tls.ephemeralDHKeySize=2048', ...program, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', String(port)];
  };
  return [
    {
      group: 'OpenSSL',
      command: 'openssl',
      prepare: (port) => {
        const files = ['-key', key, '-cert', certificate, '-dhparam', parameters];
        return ['s_server', '-accept', `127.0.0.1:${port}`, '-tls1_2', '-quiet', ...files, '-cipher', suite];
      },
      truth: healthy,
    },
    {
      group: 'OpenSSL',
      name: 'OpenSSL without DHE',
      command: 'openssl',
      prepare: (port) => {
        const files = ['-key', key, '-cert', certificate];
        return ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...files, '-cipher', 'ECDHE'];
      },
      truth: 'no-dhe-offered',
    },
    {
      group: 'GnuTLS',
      command: 'gnutls-serv',
      prepare: (port) => [
        ...['--port', String(port), '--http', '--disable-client-cert', '--quiet'],
        '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA',
        ...[`--x509keyfile=${key}`, `--x509certfile=${certificate}`, `--dhparams=${parameters}`],
      ],
      truth: healthy,
    },
    {
      group: 'nginx',
      command: 'nginx',
      prepare: (port) => {
        const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
        const configuration = folder.write(
          'nginx.conf',
          `daemon off; master_process off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {}`,
          `http { access_log off; ${paths.map((name) => `${name}_temp_path ${file(name)};`).join(' ')}`,
          `ssl_protocols TLSv1.2; ssl_ciphers DHE; ssl_certificate ${certificate}; ssl_certificate_key ${key};`,
          `ssl_dhparam ${parameters}; server { listen 127.0.0.1:${port} ssl; } }`,
        );
        return ['-p', folder.path, '-c', configuration, '-e', file('nginx.log')];
      },
      truth: healthy,
    },
    {
      group: 'Apache httpd',
      command: 'apache2',
      prepare: (port) => {
        const modules = ['mpm_event', 'authz_core', 'ssl'].map(
          (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
        );
        const configuration = folder.write(
          'apache.conf',
          ...modules,
          `ServerRoot ${folder.path}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${file('apache.pid')}`,
          `ErrorLog ${file('apache.log')}\nDefaultRuntimeDir ${folder.path}\nMutex file:${folder.path}`,
          `SSLEngine on\nSSLProtocol TLSv1.2\nSSLCipherSuite ${suite}`,
          `SSLCertificateFile ${folder.writeJoined('apache.pem', certificate, parameters)}\nSSLCertificateKeyFile ${key}`,
        );
        return ['-f', configuration, '-D', 'FOREGROUND'];
      },
      truth: healthy,
    },
    {
      group: 'HAProxy',
      command: 'haproxy',
      prepare: (port) => {
        const configuration = folder.write(
          'haproxy.cfg',
          `global\n ssl-default-bind-ciphers ${suite}\n ssl-default-bind-options ssl-max-ver TLSv1.2`,
          'defaults\n mode http\n timeout client 60s\n timeout server 60s\n timeout connect 60s',
          `frontend one\n bind 127.0.0.1:${port} ssl crt ${both()}\n http-request return status 200`,
        );
        return ['-f', configuration, '-db', '-q'];
      },
      truth: healthy,
    },
    {
      group: 'stunnel',
      command: 'stunnel4',
      prepare: (port) => [
        folder.write(
          'stunnel.conf',
          `foreground = yes\npid =\n[one]\naccept = 127.0.0.1:${port}\nconnect = 127.0.0.1:1\ncert = ${both()}`,
          `ciphers = ${suite}\nsslVersionMax = TLSv1.2`,
        ),
      ],
      truth: healthy,
    },
    {
      group: 'lighttpd',
      command: 'lighttpd',
      prepare: (port) => {
        const configuration = folder.write(
          'lighttpd.conf',
          `server.document-root = "${folder.path}"\nserver.bind = "127.0.0.1"\nserver.port = ${port}`,
          `server.modules = ("mod_openssl")\nssl.engine = "enable"\nssl.pemfile = "${both()}"`,
          `ssl.openssl.ssl-conf-cmd = ("MaxProtocol" => "TLSv1.2", "CipherString" => "${suite}", "DHParameters" => "${parameters}")`,
        );
        return ['-D', '-f', configuration];
      },
      truth: healthy,
    },
    {
      group: 'Hitch',
      command: 'hitch',
      prepare: (port) => {
        const configuration = folder.write(
          'hitch.conf',
          `frontend = "[127.0.0.1]:${port}"\nbackend = "[127.0.0.1]:1"\nworkers = 1\nuser = "nobody"\ntls-protos = TLSv1.2`,
          `ciphers = "${suite}"\npem-file = "${both()}"`,
        );
        return [`--config=${configuration}`];
      },
      truth: healthy,
    },
    {
      group: 'nghttpd',
      command: 'nghttpd',
      prepare: (port) => ['-a', '127.0.0.1', '--dh-param-file', parameters, String(port), key, certificate],
      truth: healthy,
    },
    {
      group: 'Mosquitto',
      command: 'mosquitto',
      prepare: (port) => [
        '-c',
        folder.write(
          'mosquitto.conf',
          `user root\nlistener ${port} 127.0.0.1\nallow_anonymous true\ncertfile ${certificate}\nkeyfile ${key}\nlog_dest none`,
          `dhparamfile ${parameters}\ntls_version tlsv1.2\nciphers ${suite}`,
        ),
      ],
      truth: healthy,
    },
    {
      group: 'socat',
      command: 'socat',
      prepare: (port) => [
        `OPENSSL-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,verify=0,cert=${both()},dhparam=${parameters},cipher=${suite},openssl-max-proto-version=TLS1.2`,
        'PIPE',
      ],
      truth: healthy,
    },
    {
      group: 'Java JSSE',
      command: 'java',
      prepare: java,
      truth: healthy,
    },
    {
      group: 'Bouncy Castle',
      command: 'java',
      prepare: (port) => ['-cp', jars, `-Dproviders=${bouncyCastle.join(',')}`, ...java(port)],
      truth: healthy,
    },
    {
      group: 'Botan',
      command: 'botan',
      prepare: (port) => {
        const policy = folder.write(
          'botan.policy',
          'allow_tls12 = true\nkey_exchange_methods = DH\nminimum_dh_group_size = 1024\nsignature_methods = RSA',
        );
        return ['tls_server', certificate, key, `--port=${port}`, `--policy=${policy}`];
      },
      truth: healthy,
    },
    {
      group: 'Mbed TLS',
      command: file('mbedtls_server'),
      prepare: (port) => {
        compile('Mbed TLS', 'mbedtls_server');
        return [String(port), certificate, key, 'TLS-DHE-RSA-WITH-AES-128-GCM-SHA256'];
      },
      truth: healthy,
    },
    {
      group: 'wolfSSL',
      command: file('wolfssl_server'),
      prepare: (port) => {
        compile('wolfSSL', 'wolfssl_server');
        return [String(port), certificate, key, parameters];
      },
      truth: healthy,
    },
    {
      group: 'Erlang/OTP',
      command: 'escript',
      prepare: script('erlang_server.escript'),
      truth: healthy,
    },
    {
      group: 'Node.js',
      command: process.execPath,
      prepare: script('node_server.cjs'),
      truth: healthy,
    },
    {
      group: 'Python ssl',
      command: '/usr/bin/python3',
      prepare: script('python_server.py'),
      truth: healthy,
    },
    { group: 'Ruby openssl', command: 'ruby', prepare: script('ruby_server.rb'), truth: healthy },
    {
      group: 'Perl IO::Socket::SSL',
      command: '/usr/bin/perl',
      prepare: script('perl_server.pl'),
      truth: healthy,
    },
    {
      group: 'NSS selfserv',
      command: 'selfserv',
      prepare: (port) => {
        const store = `sql:${folder.path}`;
        execFileSync('certutil', ['-N', '-d', store, '--empty-password']);
        execFileSync('pk12util', ['-i', writeStore(), '-d', store, '-W', 'secret', '-K', '']);
        const enabled = ['-V', 'tls1.2:tls1.2', '-c', ':009E', '-H', '1', '-G'];
        return ['-d', store, '-n', 'server', '-p', String(port), '-w', '', ...enabled];
      },
      truth: healthy,
    },
    {
      group: 'tlslite-ng',
      command: tlslitePython() ?? 'python3',
      prepare: script('tlslite_server.py'),
      truth: healthy,
    },
    {
      group: 'Go crypto/tls',
      command: 'go',
      prepare: (port) => ['run', join(sources, 'go_server.go'), String(port), certificate, key],
      truth: 'no-dhe-offered',
    },
  ];
}

/** Real servers that begin without TLS, each with DHE alone. As Debian installs them; none of their own configuration is used. */
import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartTls } from '../../lib/probe/starttls';
import type { ServerFolder } from './server-process';

const suite = 'DHE-RSA-AES128-GCM-SHA256';

export interface StartTlsServer {
  readonly command: string;
  /** Where it is not the command itself. */
  readonly installed?: string;
  readonly packages: string;
  /** It takes on users of its own. */
  readonly asRoot?: true;
  readonly protocols: readonly StartTls[];
  /** Arguments, after what else it needs was written. */
  readonly prepare: (port: number, protocol: StartTls) => readonly string[];
  readonly environment?: () => NodeJS.ProcessEnv;
}

export function startTlsServers(folder: ServerFolder): readonly StartTlsServer[] {
  const file = folder.file.bind(folder);
  const write = folder.write.bind(folder);
  const innConfiguration = (): NodeJS.ProcessEnv => ({ INNCONF: file('news/inn.conf') });
  return [
    {
      command: '/usr/sbin/mariadbd',
      packages: 'mariadb-server-core',
      protocols: ['mysql'],
      prepare: (port) => {
        mkdirSync(file('mysql'));
        return [
          '--no-defaults --user=root --skip-grant-tables --skip-innodb --default-storage-engine=MyISAM',
          `--bind-address=127.0.0.1 --port=${port} --tls-version=TLSv1.2 --ssl-cipher=${suite}`,
          `--datadir=${file('mysql')} --socket=${file('mysql.sock')} --pid-file=${file('mysql.pid')}`,
          `--ssl-cert=${file('cert.pem')} --ssl-key=${file('key.pem')}`,
        ].flatMap((line) => line.split(' '));
      },
    },
    {
      command: '/usr/sbin/pure-ftpd',
      packages: 'pure-ftpd',
      asRoot: true,
      protocols: ['ftp'],
      prepare: (port) => {
        const both = spawnSync('cat', [file('key.pem'), file('cert.pem')], { encoding: 'utf8' }).stdout;
        const certificate = ['-2', write('both.pem', both), '-J', suite, '-Y', '1'];
        return ['-S', `127.0.0.1,${port}`, '-e', '-g', file('ftp.pid'), ...certificate];
      },
    },
    {
      command: '/usr/bin/prosody',
      packages: 'prosody',
      protocols: ['xmpp'],
      prepare: (port) => {
        const files = `key = "${file('key.pem')}"; certificate = "${file('cert.pem')}"; dhparam = "${file('dh.pem')}"`;
        const configuration = write(
          'prosody.cfg.lua',
          `pidfile = "${file('prosody.pid')}"; data_path = "${folder.path}"; run_as_root = true; log = {}`,
          `interfaces = { "127.0.0.1" }; c2s_ports = { ${port} }; s2s_ports = {}; http_ports = {}; https_ports = {}`,
          `modules_enabled = { "tls", "c2s" }; modules_disabled = { "s2s" }`,
          `ssl = { ${files}; protocol = "tlsv1_2"; ciphers = "${suite}" }`,
          'VirtualHost "localhost"',
        );
        return ['--config', configuration, '-F'];
      },
    },
    {
      command: '/usr/sbin/dovecot',
      packages: 'dovecot-imapd dovecot-pop3d dovecot-managesieved',
      asRoot: true,
      protocols: ['sieve', 'imap', 'pop3'],
      prepare: (port, protocol) => {
        const [service, listener] = protocol === 'sieve' ? ['managesieve', 'sieve'] : [protocol, protocol];
        const configuration = write(
          'dovecot.conf',
          `base_dir = ${file('dovecot')}\nstate_dir = ${file('dovecot')}\nlog_path = ${file('dovecot.log')}`,
          `protocols = ${protocol}\nlisten = 127.0.0.1`,
          `ssl = yes\nssl_cert = <${file('cert.pem')}\nssl_key = <${file('key.pem')}\nssl_dh = <${file('dh.pem')}`,
          `ssl_cipher_list = ${suite}`,
          'passdb {\n driver = static\n args = nopassword=y\n}\nuserdb {\n driver = static\n args = uid=65534 gid=65534\n}',
          'default_internal_user = root\ndefault_internal_group = root\ndefault_login_user = nobody',
          `service ${service}-login {\n chroot =\n inet_listener ${listener} {\n  port = ${port}\n }`,
          listener === 'sieve' ? '}' : ` inet_listener ${listener}s {\n  port = 0\n }\n}`,
        );
        return ['-F', '-c', configuration];
      },
    },
    {
      command: '/usr/sbin/slapd',
      packages: 'slapd',
      protocols: ['ldap'],
      prepare: (port) => {
        const configuration = write(
          'slapd.conf',
          `pidfile ${file('slapd.pid')}\nargsfile ${file('slapd.args')}`,
          `TLSCertificateFile ${file('cert.pem')}\nTLSCertificateKeyFile ${file('key.pem')}\nTLSDHParamFile ${file('dh.pem')}`,
          'TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA',
          'database monitor',
        );
        return ['-h', `ldap://127.0.0.1:${port}`, '-f', configuration, '-d', '0'];
      },
    },
    {
      command: '/usr/lib/news/bin/nnrpd',
      packages: 'inn2',
      asRoot: true,
      protocols: ['nntp'],
      prepare: (port) => {
        mkdirSync(file('news'));
        copyFileSync(file('key.pem'), file('news/key.pem'));
        write('news/active', 'local.test 0000000000 0000000001 y');
        write('news/newsgroups', 'local.test\tA test.');
        write('news/storage.conf', 'method tradspool {\n newsgroups: *\n class: 0\n}');
        write('news/readers.conf', 'auth "all" {\n default: "all"\n}\naccess "all" {\n newsgroups: "*"\n}');
        write(
          'news/inn.conf',
          'domain: example.invalid\npathhost: example.invalid\npathnews: /usr/lib/news',
          ...['db', 'etc', 'log', 'overview', 'run', 'spool', 'articles', 'tmp'].map(
            (name) => `path${name}: ${file('news')}`,
          ),
          'mta: /bin/true\nhismethod: hisv6\nnnrpdloadlimit: 0\nenableoverview: true\novmethod: tradindexed',
          `tlscertfile: ${file('cert.pem')}\ntlskeyfile: ${file('news/key.pem')}\ntlsciphers: ${suite}`,
        );
        const newsUser = Number(spawnSync('id', ['-u', 'news'], { encoding: 'utf8' }).stdout);
        for (const name of ['news', 'news/key.pem']) chownSync(file(name), newsUser, newsUser);
        const asNews = { env: { ...process.env, ...innConfiguration() }, uid: newsUser, gid: newsUser };
        spawnSync('/usr/lib/news/bin/tdx-util', ['-F'], asNews);
        return ['-D', '-f', '-b', '127.0.0.1', '-p', String(port)];
      },
      environment: () => innConfiguration(),
    },
    {
      command: '/usr/sbin/xrdp',
      packages: 'xrdp',
      protocols: ['rdp'],
      prepare: (port) => {
        const configuration = write(
          'xrdp.ini',
          `[Globals]\nini_version=1\nfork=true\nport=tcp://127.0.0.1:${port}\nsecurity_layer=tls`,
          `certificate=${file('cert.pem')}\nkey_file=${file('key.pem')}\nssl_protocols=TLSv1.2\ntls_ciphers=${suite}`,
          `[Logging]\nLogFile=${file('xrdp.log')}\nEnableSyslog=false`,
          '[Xorg]\nname=Xorg\nlib=libxup.so',
        );
        return ['--nodaemon', '-c', configuration];
      },
    },
    {
      command: '/usr/bin/python3',
      installed: '/usr/lib/python3/dist-packages/pytds/tds.py',
      packages: 'python3-tds',
      protocols: ['tds'],
      prepare: (port) => [join(__dirname, 'tds_server.py'), String(port), file('cert.pem'), file('key.pem'), suite],
    },
  ];
}

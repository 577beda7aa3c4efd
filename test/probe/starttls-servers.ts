/** Real servers that begin without TLS, each with DHE alone. As Debian installs them; none of their own configuration is used. */
import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartTls } from '../../lib/probe/starttls';
import { type Group, innPackages, postgresFolder } from '../../scripts/build/test/test-needs';
import type { CommandLine, ServerFolder } from './server-process';

const suite = 'DHE-RSA-AES128-GCM-SHA256';

export interface StartTlsServer {
  readonly group: Group;
  readonly protocols: readonly StartTls[];
  /** Writes what else it needs. */
  readonly prepare: (port: number, protocol: StartTls) => CommandLine;
}

export function startTlsServers(folder: ServerFolder): readonly StartTlsServer[] {
  const file = folder.file.bind(folder);
  const write = folder.write.bind(folder);
  return [
    {
      group: 'MariaDB',
      protocols: ['mysql'],
      prepare: (port) => {
        mkdirSync(file('mysql'));
        const args = [
          '--no-defaults --user=root --skip-grant-tables --skip-innodb --default-storage-engine=MyISAM',
          `--bind-address=127.0.0.1 --port=${port} --tls-version=TLSv1.2 --ssl-cipher=${suite}`,
          `--datadir=${file('mysql')} --socket=${file('mysql.sock')} --pid-file=${file('mysql.pid')}`,
          `--ssl-cert=${file('cert.pem')} --ssl-key=${file('key.pem')}`,
        ].flatMap((line) => line.split(' '));
        return { command: 'mariadbd', args };
      },
    },
    {
      group: 'Pure-FTPd',
      protocols: ['ftp'],
      prepare: (port) => {
        const both = spawnSync('cat', [file('key.pem'), file('cert.pem')], { encoding: 'utf8' }).stdout;
        const certificate = ['-2', write('both.pem', both), '-J', suite, '-Y', '1'];
        const args = ['-S', `127.0.0.1,${port}`, '-e', '-g', file('ftp.pid'), ...certificate];
        return { command: 'pure-ftpd', args };
      },
    },
    {
      group: 'Prosody',
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
        return { command: 'prosody', args: ['--config', configuration, '-F'] };
      },
    },
    {
      group: 'Dovecot',
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
        return { command: 'dovecot', args: ['-F', '-c', configuration] };
      },
    },
    {
      group: 'OpenLDAP',
      protocols: ['ldap'],
      prepare: (port) => {
        const configuration = write(
          'slapd.conf',
          `pidfile ${file('slapd.pid')}\nargsfile ${file('slapd.args')}`,
          `TLSCertificateFile ${file('cert.pem')}\nTLSCertificateKeyFile ${file('key.pem')}\nTLSDHParamFile ${file('dh.pem')}`,
          'TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA',
          'database monitor',
        );
        return { command: 'slapd', args: ['-h', `ldap://127.0.0.1:${port}`, '-f', configuration, '-d', '0'] };
      },
    },
    {
      group: 'INN',
      protocols: ['nntp'],
      prepare: (port) => {
        mkdirSync(file('news'));
        for (const one of innPackages() ?? []) spawnSync('dpkg-deb', ['-x', one, file('news')]);
        const programs = file('news/usr/lib/news');
        copyFileSync(file('key.pem'), file('news/key.pem'));
        write('news/active', 'local.test 0000000000 0000000001 y');
        write('news/newsgroups', 'local.test\tA test.');
        write('news/storage.conf', 'method tradspool {\n newsgroups: *\n class: 0\n}');
        write('news/readers.conf', 'auth "all" {\n default: "all"\n}\naccess "all" {\n newsgroups: "*"\n}');
        const configuration = write(
          'news/inn.conf',
          `domain: example.invalid\npathhost: example.invalid\npathnews: ${programs}`,
          ...['db', 'etc', 'log', 'overview', 'run', 'spool', 'articles', 'tmp'].map(
            (name) => `path${name}: ${file('news')}`,
          ),
          'mta: /bin/true\nhismethod: hisv6\nnnrpdloadlimit: 0\nenableoverview: true\novmethod: tradindexed',
          `tlscertfile: ${file('cert.pem')}\ntlskeyfile: ${file('news/key.pem')}\ntlsciphers: ${suite}`,
        );
        const user = Number(spawnSync('id', ['-u', 'news'], { encoding: 'utf8' }).stdout);
        for (const name of ['news', 'news/key.pem']) chownSync(file(name), user, user);
        const env = { INNCONF: configuration, LD_LIBRARY_PATH: programs };
        const asNews = { env: { ...process.env, ...env }, uid: user, gid: user };
        spawnSync(join(programs, 'bin/tdx-util'), ['-F'], asNews);
        return { command: join(programs, 'bin/nnrpd'), args: ['-D', '-f', '-b', '127.0.0.1', '-p', String(port)], env };
      },
    },
    {
      group: 'Postfix',
      protocols: ['smtp'],
      prepare: (port) => {
        const configuration = file('postfix');
        for (const one of ['postfix', 'data', 'spool']) mkdirSync(file(one));
        const user = Number(spawnSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).stdout);
        chownSync(file('data'), user, user);
        write(
          'postfix/main.cf',
          'compatibility_level = 3.6\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = localhost.localdomain',
          `queue_directory = ${file('spool')}\ndata_directory = ${file('data')}\nmaillog_file = /dev/null`,
          'maillog_file_prefixes = /dev\nsmtpd_client_event_limit_exceptions = static:all\nlocal_recipient_maps =\nalias_maps =',
          `smtpd_tls_security_level = may\nsmtpd_tls_cert_file = ${file('cert.pem')}\nsmtpd_tls_key_file = ${file('key.pem')}`,
          `smtpd_tls_dh1024_param_file = ${file('dh.pem')}\nsmtpd_tls_protocols = TLSv1.2`,
          `smtpd_tls_ciphers = high\ntls_high_cipherlist = ${suite}`,
        );
        write(
          'postfix/master.cf',
          `127.0.0.1:${port} inet n - n - - smtpd`,
          'tlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\npostlog unix-dgram n - n - 1 postlogd',
        );
        spawnSync('postfix', ['-c', configuration, 'check']);
        return { command: '/usr/lib/postfix/sbin/master', args: ['-c', configuration, '-d'] };
      },
    },
    {
      group: 'PostgreSQL',
      protocols: ['postgres'],
      prepare: (port) => {
        const programs = postgresFolder() ?? '';
        const asNobody = ['--reuid=nobody', '--regid=nogroup', '--clear-groups'];
        const data = file('postgres');
        mkdirSync(data);
        for (const name of ['postgres', 'key.pem']) chownSync(file(name), 65534, 65534);
        spawnSync('setpriv', [...asNobody, join(programs, 'initdb'), '-D', data, '--no-sync'], { cwd: data });
        const settings = [
          `listen_addresses=127.0.0.1`,
          `port=${port}`,
          `unix_socket_directories=`,
          'ssl=on',
          `ssl_cert_file=${file('cert.pem')}`,
          `ssl_key_file=${file('key.pem')}`,
          `ssl_dh_params_file=${file('dh.pem')}`,
          `ssl_ciphers=${suite}`,
          'ssl_max_protocol_version=TLSv1.2',
        ].flatMap((one) => ['-c', one]);
        return { command: 'setpriv', args: [...asNobody, join(programs, 'postgres'), '-D', data, ...settings] };
      },
    },
    {
      group: 'xrdp',
      protocols: ['rdp'],
      prepare: (port) => {
        const configuration = write(
          'xrdp.ini',
          `[Globals]\nini_version=1\nfork=true\nport=tcp://127.0.0.1:${port}\nsecurity_layer=tls`,
          `certificate=${file('cert.pem')}\nkey_file=${file('key.pem')}\nssl_protocols=TLSv1.2\ntls_ciphers=${suite}`,
          `[Logging]\nLogFile=${file('xrdp.log')}\nEnableSyslog=false`,
          '[Xorg]\nname=Xorg\nlib=libxup.so',
        );
        return { command: 'xrdp', args: ['--nodaemon', '-c', configuration] };
      },
    },
    {
      group: 'python-tds',
      protocols: ['tds'],
      prepare: (port) => ({
        command: '/usr/bin/python3',
        args: [join(__dirname, 'tds_server.py'), String(port), file('cert.pem'), file('key.pem'), suite],
      }),
    },
  ];
}

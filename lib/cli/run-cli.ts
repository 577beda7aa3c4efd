/** (argv, streams, binding factory) → exit code. Commands are loaded when they are called. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createColors } from 'picocolors';
import { type SchannelDheError, SteeredProcessError } from '../errors';
import { writeOutputFile } from '../files/user-file';
import { en } from '../messages/en';
import type { Messages } from '../messages/shape';
import { type WindowsVersionId, windowsVersionIds } from '../windows/versions';
import { type CliHost, type CommandContext, describeError, formatJson, writeJson } from './command-context';
import { type ExitProfile, exitCodeOf, exitProfiles, exitTable, type Outcome, outcomeOfError } from './exit-code';
import type { Request } from './request';
import { suiteLayers } from './suite-layers';

interface GlobalOptions {
  readonly json?: boolean;
  readonly color: boolean;
  readonly language?: 'en' | 'ja';
  readonly exitCodes: ExitProfile;
  readonly simulate?: WindowsVersionId;
  readonly simulatePolicy?: string;
  readonly simulateMdm?: string;
  readonly simulateFips?: boolean;
  readonly notElevated?: boolean;
  readonly state?: string;
  readonly bestEffort?: boolean;
}

/** Runs one command line to its end; never throws for what a user can cause. */
export async function runCli(host: CliHost): Promise<number> {
  if (host.argv.length === 1 && host.argv[0] === '--request') return runRequest(host);
  let exitCode = 0;
  const program = new Command('schannel-dhe')
    .description('Stops Windows Schannel from offering finite-field DHE cipher suites.')
    .option('--json', 'one JSON document on stdout')
    .addOption(new Option('--language <language>', 'en or ja').choices(['en', 'ja']))
    .addOption(
      new Option('--exit-codes <profile>', 'meaning of the exit code').choices(exitProfiles).default('default'),
    )
    .option('--no-color', 'no colours')
    .addOption(new Option('--simulate <windows>', 'use a simulated machine').choices(windowsVersionIds))
    .option('--simulate-policy <text>', 'its Group Policy text')
    .option('--simulate-mdm <text>', 'its MDM text')
    .option('--simulate-fips', 'with FIPS mode on')
    .option('--not-elevated', 'as a user without administrator rights')
    .option('--state <file>', 'keep the simulated machine in this file')
    .addHelpText('after', `\n${requestHelp}\n\n${exitCodeHelp()}`)
    .exitOverride()
    .configureOutput({ writeOut: host.write, writeErr: host.writeError });

  const run =
    (act: (context: CommandContext, options: never, argument: string | undefined) => Outcome | Promise<Outcome>) =>
    async (...parameters: readonly unknown[]) => {
      const command = parameters.at(-1) as Command;
      const options = command.optsWithGlobals<GlobalOptions>();
      exitCode = await runCommand(host, options, (context) => {
        const isChange = ['disable', 'restore', 'selfcheck'].includes(command.name());
        if (isChange && host.steeredBy !== undefined) throw new SteeredProcessError(host.steeredBy);
        return act(context, options as never, command.args[0]);
      });
    };

  program
    .command('status')
    .description('what is configured and in force, and whether DHE is offered')
    .option('--check', 'end with 1 where DHE is offered')
    .option('--from <file>', 'a .reg export or a saved snapshot')
    .option('--save <file>', 'save the snapshot')
    .action(run(async (context, options) => (await import('./commands/status.js')).runStatus(context, options)));
  program
    .command('disable')
    .description('remove the DHE suites')
    .option('--from <file>', 'plan for the machine of a .reg export or a snapshot')
    .option('--out <file>', 'with --from: write the edit as a .reg file')
    .option('--dry-run', 'stop before the first write')
    .option('--local-list', 'clean the local list also where a policy governs')
    .option('--strict', 'refuse where it would only warn')
    .option('--yes', 'do not ask')
    .option('--best-effort', 'end as a success where a policy or the guard stands in the way')
    .action(run(async (context, options) => (await import('./commands/disable.js')).runDisable(context, options)));
  program
    .command('restore [backup]')
    .description('put a backup back')
    .option('--list', 'list the backups')
    .option('--dry-run', 'stop before the first write')
    .option('--force', 'also into a list that drifted')
    .action(
      run(async (context, options, id) => (await import('./commands/restore.js')).runRestore(context, id, options)),
    );
  const policy = program.command('policy').description('Group Policy: texts, files, backups');
  policy
    .command('file <file>')
    .description('what a Registry.pol says about the cipher suite order')
    .option('--repair', 'correct it, into --out or --in-place')
    .option('--out <file>', 'write the corrected file here')
    .option('--in-place', 'replace the file; the old one stays beside it')
    .option('--shorten', 'drop expendable suites above 1023 characters')
    .action(
      run(async (context, options, file) =>
        (await import('./commands/policy-file.js')).runPolicyFile(context, file as string, options),
      ),
    );
  for (const [name, scope, description] of [
    ['backup', 'backups', 'every GPO backup below a folder'],
    ['scan', 'everything', 'every GPO below a folder: backups and copied SYSVOL trees'],
  ] as const) {
    policy
      .command(`${name} <folder>`)
      .description(description)
      .option('--repair', 'write corrected copies of the backups that need it, into --out')
      .option('--out <folder>', 'a folder outside of it')
      .option('--shorten', 'drop expendable suites above 1023 characters')
      .action(
        run(async (context, options, folder) =>
          (await import('./commands/policy-scan.js')).runPolicyScan(context, folder as string, options, scope),
        ),
      );
  }
  policy
    .command('local')
    .description('where the policy of this machine comes from, and its local GPO')
    .option('--repair', 'correct the local GPO')
    .option('--gpupdate', 'with --repair or --undo: refresh the policy, and look whether it held')
    .option('--undo', 'put back what the last repair replaced')
    .option('--force', 'with --undo: also where the policy was changed since')
    .option('--shorten', 'drop expendable suites above 1023 characters')
    .action(
      run(async (context, options) => (await import('./commands/policy-local.js')).runPolicyLocal(context, options)),
    );
  policy
    .command('text [text]')
    .description('repair a text (or - for stdin) and take the DHE suites out')
    .option('--file <file>', 'read the text from a file')
    .option('--keep-dhe', 'repair only')
    .addOption(new Option('--separator <character>', 'between the names').choices([',', ';']).default(','))
    .option('--diff', 'show on stderr which names went')
    .option('--shorten', 'drop expendable suites above 1023 characters')
    .action(
      run(async (context, options, text) =>
        (await import('./commands/policy-text.js')).runPolicyText(context, text, options),
      ),
    );
  program
    .command('suites')
    .description('the known suites')
    .addOption(new Option('--windows <version>', 'the default list of a Windows version').choices(windowsVersionIds))
    .addOption(new Option('--layer <layer>', 'the list of a layer of this machine').choices(suiteLayers))
    .option('--from <file>', 'with --layer: of a .reg export or a saved snapshot')
    .option('--dhe', 'DHE suites only')
    .option('--key-exchange <name>', 'such as ECDHE')
    .option('--protocol <version>', 'such as "TLS 1.2"')
    .action(run(async (context, options) => (await import('./commands/suites.js')).runSuites(context, options)));
  program
    .command('probe [target]')
    .description('whether a TLS server, host[:port], has the leading-zero fault')
    .option('--timeout <seconds>', 'for each handshake, 0.1 to 600', parseSeconds, 5)
    .option('--server-name <name>', 'what the server is asked for by name')
    .addOption(
      new Option('--starttls <protocol>', 'what to say before TLS').choices([
        'smtp',
        'imap',
        'pop3',
        'ldap',
        'postgres',
      ]),
    )
    .option('--tds', "inside SQL Server's PRELOGIN packets")
    .option('--rdp', 'after an X.224 request for TLS')
    .option('--hunt <n>', "up to n more connections, to see a zero in the server's own value", parseCount, 0)
    .option('--measure <n>', 'count n ordinary handshakes with DHE and n with ECDHE instead', parseCount)
    .option('--hosts <file>', 'many targets, one a line (- for stdin); prints one JSON line each')
    .option('--total <seconds>', 'for all of it, 0.1 to 86400; what is known by then is the report', parseTotal)
    .addOption(
      new Option('--listen <port>', 'the other direction: a server on this port that judges its clients')
        .argParser(parsePort)
        .conflicts(['hosts', 'measure', 'hunt', 'starttls', 'tds', 'rdp', 'serverName']),
    )
    .option('--address <address>', 'with --listen: the local address, such as 0.0.0.0 for all', '127.0.0.1')
    .option('--connections <n>', 'with --listen: end after n connections', parseConnections)
    .action(
      run(async (context, options, target) => (await import('./commands/probe.js')).runProbe(context, target, options)),
    );
  program
    .command('selfcheck')
    .description('compare this Windows with what is believed of Windows; a JSON report for a bug')
    .option('--deep', 'also change the list and the policies and put them back: for a machine given over to it')
    .option('--yes', 'do not ask')
    .action(run(async (context, options) => (await import('./commands/selfcheck.js')).runSelfCheck(context, options)));
  program
    .command('schema [name]')
    .description('the JSON Schema of a document; without a name, the names')
    .action(run(async (context, _, name) => (await import('./commands/schema.js')).runSchema(context, name)));

  try {
    await program.parseAsync(host.argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? 0 : exitCodeOf('bad-input', profileOf(host.argv));
  }
  return exitCode;
}

async function runRequest(host: CliHost): Promise<number> {
  const { parseRequests } = await import('./request.js');
  const answer = ({ arguments: argv, input }: Request, streams: Pick<CliHost, 'write' | 'writeError'>) =>
    runCli({ ...host, ...streams, argv, readStdin: async () => Buffer.from(input), ask: undefined });
  try {
    const requests = parseRequests(await host.readStdin());
    if ('arguments' in requests) return await answer(requests, host);
    for (const request of requests) {
      const [output, errors]: [string[], string[]] = [[], []];
      const exitCode = await answer(request, {
        write: (text) => void output.push(text),
        writeError: (text) => void errors.push(text),
      });
      host.write(`${formatJson({ exitCode, output: output.join(''), errors: errors.join('') }, 0)}\n`);
    }
    return 0;
  } catch (error) {
    const { code, message } = error as SchannelDheError & { readonly code: string };
    writeJson({ host }, 'error', 'bad-input', { code, message });
    return exitCodeOf('bad-input', 'default');
  }
}

async function runCommand(
  host: CliHost,
  options: GlobalOptions,
  act: (context: CommandContext) => Outcome | Promise<Outcome>,
): Promise<number> {
  const messages = await loadMessages(options.language ?? host.locale);
  let save = () => {};
  const context: CommandContext = {
    host,
    messages,
    colours: createColors(host.colour && options.color),
    json: options.json === true,
    isSimulated: options.simulate !== undefined,
    open: async () => {
      const { simulate, state } = options;
      if (simulate === undefined) return host.loadBinding();
      const { obtainSimulatedMachine } = await import('./simulated-machine.js');
      const machine = obtainSimulatedMachine({ ...options, simulate });
      if (state !== undefined) save = () => writeOutputFile(state, `${JSON.stringify(machine, null, 2)}\n`);
      return machine.connect({ elevated: options.notElevated !== true });
    },
  };
  let outcome: Outcome;
  try {
    outcome = await act(context);
    save();
    if (options.bestEffort === true && (outcome === 'governed-by-policy' || outcome === 'refused')) {
      if (!context.json) host.writeError(`${messages.forgiven}\n`);
      return 0;
    }
  } catch (error) {
    outcome = outcomeOfError(error);
    const message = describeError(error, messages);
    const { code = 'UNEXPECTED' } = error as { readonly code?: string };
    if (context.json) writeJson(context, 'error', outcome, { code, message });
    else host.writeError(`${message}\n`);
  }
  return exitCodeOf(outcome, options.exitCodes);
}

const parseCount = integerParser(0, 100_000);
const parseConnections = integerParser(1, 100_000);
const parsePort = integerParser(1, 65_535);
const parseSeconds = secondsParser(600);
const parseTotal = secondsParser(86_400);

function integerParser(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected ${least} to ${most}.`);
  };
}

function secondsParser(most: number): (text: string) => number {
  return (text) => {
    const seconds = Number(text);
    if (seconds >= 0.1 && seconds <= most) return seconds;
    throw new InvalidArgumentError(`Expected 0.1 to ${most} seconds.`);
  };
}

async function loadMessages(language: string): Promise<Messages> {
  return language.startsWith('ja') ? (await import('../messages/ja/index.js')).ja : en;
}

/** The profile of a command line that could not be parsed. */
function profileOf(argv: readonly string[]): ExitProfile {
  const value =
    argv[argv.indexOf('--exit-codes') + 1] ?? argv.find((one) => one.startsWith('--exit-codes='))?.slice(13);
  return exitProfiles.find((profile) => profile === value) ?? 'default';
}

const requestHelp = `For programs that host this one, without any quoting:
  schannel-dhe --request      takes {"arguments": ["status", "--json"], "input": "…"} as JSON on stdin`;

function exitCodeHelp(): string {
  const rows = Object.entries(exitTable).map(
    ([outcome, codes]) => `  ${outcome.padEnd(24)}${codes.map((code) => String(code).padEnd(10)).join('')}`,
  );
  return ['Exit codes:', `  ${''.padEnd(24)}${exitProfiles.map((name) => name.padEnd(10)).join('')}`, ...rows].join(
    '\n',
  );
}

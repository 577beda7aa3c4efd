/** (argv, streams, binding factory) → exit code: the list of commands, and what is the same for all of them. */
import { version } from '../../package.json';
import { formatJson } from '../files/ascii-json';
import { languageOf, languages } from '../messages/languages';
import { bind, type CliHost, type Command, type CommandContext } from './command';
import { describeError, errorContent, writeJson } from './command-context';
import { CommandLineError } from './command-line-error';
import { completion } from './commands/completion/command';
import { disable } from './commands/disable/command';
import { dscGet, dscSchema, dscSet, dscTest } from './commands/dsc/command';
import { evidence } from './commands/evidence/command';
import { explain } from './commands/explain/command';
import { policyFile } from './commands/policy-file/command';
import { policyLocal } from './commands/policy-local/command';
import { policyBackup, policyScan } from './commands/policy-scan/command';
import { policyText } from './commands/policy-text/command';
import { probe } from './commands/probe/command';
import { report } from './commands/report/command';
import { restore } from './commands/restore/command';
import { schema } from './commands/schema/command';
import { selfcheck } from './commands/selfcheck/command';
import { status } from './commands/status/command';
import { suites } from './commands/suites/command';
import { exitCodeOf, type Outcome, outcomeOfError } from './exit-code';
import type { GlobalValues } from './global-options';
import { prepareMachine } from './open-machine';
import { type CommandLine, parseCommandLine } from './parse-command-line';
import type { Request } from './request';
import { createTerminal, type Terminal } from './terminal';

export const commands: readonly Command[] = [
  bind(
    'status',
    () => status,
    () => import('./commands/status/run.js'),
  ),
  bind(
    'disable',
    () => disable,
    () => import('./commands/disable/run.js'),
  ),
  bind(
    'restore',
    () => restore,
    () => import('./commands/restore/run.js'),
  ),
  bind(
    'policy text',
    () => policyText,
    () => import('./commands/policy-text/run.js'),
  ),
  bind(
    'policy file',
    () => policyFile,
    () => import('./commands/policy-file/run.js'),
  ),
  bind(
    'policy backup',
    () => policyBackup,
    async () => ({ run: (await import('./commands/policy-scan/run.js')).runBackup }),
  ),
  bind(
    'policy scan',
    () => policyScan,
    async () => ({ run: (await import('./commands/policy-scan/run.js')).runScan }),
  ),
  bind(
    'policy local',
    () => policyLocal,
    () => import('./commands/policy-local/run.js'),
  ),
  bind(
    'suites',
    () => suites,
    () => import('./commands/suites/run.js'),
  ),
  bind(
    'probe',
    () => probe,
    () => import('./commands/probe/run.js'),
  ),
  bind(
    'evidence',
    () => evidence,
    () => import('./commands/evidence/run.js'),
  ),
  bind(
    'report',
    () => report,
    () => import('./commands/report/run.js'),
  ),
  bind(
    'explain',
    () => explain,
    () => import('./commands/explain/run.js'),
  ),
  bind(
    'selfcheck',
    () => selfcheck,
    () => import('./commands/selfcheck/run.js'),
  ),
  bind(
    'dsc get',
    () => dscGet,
    async () => ({ run: (await import('./commands/dsc/run.js')).runGet }),
  ),
  bind(
    'dsc test',
    () => dscTest,
    async () => ({ run: (await import('./commands/dsc/run.js')).runTest }),
  ),
  bind(
    'dsc set',
    () => dscSet,
    async () => ({ run: (await import('./commands/dsc/run.js')).runSet }),
  ),
  bind(
    'dsc schema',
    () => dscSchema,
    async () => ({ run: (await import('./commands/dsc/run.js')).runSchema }),
  ),
  bind(
    'schema',
    () => schema,
    () => import('./commands/schema/run.js'),
  ),
  bind(
    'completion',
    () => completion,
    () => import('./commands/completion/run.js'),
  ),
];

/** Runs one command line to its end; never throws for what a user can cause. */
export async function runCli(outer: CliHost): Promise<number> {
  if (outer.argv.length === 1 && outer.argv[0] === '--request') return runRequest(outer);
  const line = parseCommandLine(outer.argv, commands);
  const options = line.values as GlobalValues & { readonly ndjson?: boolean };
  const language = options.language ?? languageOf(outer.locale);
  const messages = await languages[language]();
  const { clean, colours } = createTerminal(outer.colour && !options.noColor);
  const host = cleanHost(outer, clean, options.quiet);
  const machine = prepareMachine(host, options, line.command);
  // What a run says of a simulated machine is true once that machine is stored.
  const held: string[] = [];
  const context: CommandContext = {
    host: options.state === undefined ? host : { ...host, write: (text) => void held.push(text) },
    commands,
    language,
    messages,
    colours,
    json: options.json || options.ndjson === true,
    lines: line.command?.lines?.some((name) => line.values[name] !== undefined && line.values[name] !== false) ?? false,
    quiet: options.quiet,
    isSimulated: options.simulate !== undefined,
    open: machine.open,
  };

  let outcome: Outcome;
  try {
    outcome = await follow(line, context, options);
    machine.save();
    for (const text of held) host.write(text);
  } catch (error) {
    outcome = outcomeOfError(error, machine.isForChange());
    if (context.json) writeJson({ host, lines: context.lines }, 'error', outcome, errorContent(error, messages));
    else host.writeError(`${describeError(error, messages)}\n`);
    if (outcome === 'unexpected') host.writeError(`${(error as Error).stack ?? error}\n`);
    if (error instanceof CommandLineError && error.problem.kind === 'no-command' && !context.json) {
      host.writeError(`\n${await describe(line, context)}\n`);
    }
  }
  const failure = await outer.flush?.();
  if (failure !== undefined) {
    host.writeError(`${messages.notShown(failure)}\n`);
    // A change that was made stays made, whoever could not be told of it.
    if (outcome === 'done') outcome = 'bad-input';
  }
  return exitCodeOf(outcome, options.exitCodes);
}

async function follow(line: CommandLine, context: CommandContext, options: GlobalValues): Promise<Outcome> {
  if (options.help) {
    context.host.write(`${await describe(line, context)}\n`);
    return 'done';
  }
  if (options.version) {
    if (context.json) writeJson(context, 'version', 'done', { version });
    else context.host.write(`${version}\n`);
    return 'done';
  }
  if (line.error !== undefined) throw line.error;
  return (line.command as Command).run(context, line.values, line.operands);
}

async function describe({ command, group }: CommandLine, context: CommandContext): Promise<string> {
  const { describeCommand, describeGroup, describeProgram } = await import('./help.js');
  if (command !== undefined) return describeCommand(command, context);
  return group === undefined ? describeProgram(commands, context) : describeGroup(group, commands, context);
}

function cleanHost(outer: CliHost, clean: Terminal['clean'], quiet: boolean): CliHost {
  return withChanges(outer, {
    write: (text) => outer.write(clean(text)),
    writeError: (text) => outer.writeError(clean(text)),
    showProgress: quiet ? undefined : outer.showProgress,
  });
}

/** What a host makes when it is asked for is not asked for here. */
function withChanges(host: CliHost, changes: Partial<CliHost>): CliHost {
  const all = { ...Object.getOwnPropertyDescriptors(host), ...Object.getOwnPropertyDescriptors(changes) };
  return Object.defineProperties({}, all) as CliHost;
}

async function runRequest(host: CliHost): Promise<number> {
  const { parseRequests } = await import('./request.js');
  const answer = ({ arguments: argv, input }: Request, streams: Pick<CliHost, 'write' | 'writeError'>) =>
    runCli(
      withChanges(host, {
        ...streams,
        argv,
        readStdin: async () => Buffer.from(input),
        streamStdin: undefined,
        ask: undefined,
      }),
    );
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
    const messages = await languages[languageOf(host.locale)]();
    writeJson({ host, lines: false }, 'error', 'bad-input', errorContent(error, messages));
    return exitCodeOf('bad-input', 'default');
  }
}

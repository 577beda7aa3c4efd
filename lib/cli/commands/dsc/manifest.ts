/** What tells a DSC v3 engine of the resource, made from the schema of its instances and the table of exit codes. */
import { z } from 'zod';
import { dscInstanceSchema } from '../../../fleet/dsc-resource-schema';
import { exitCodeOf, type Outcome } from '../../exit-code';

/** By the end of this name engines find it in the folders of PATH. */
export const dscManifestName = 'schannel-dhe.dsc.resource.json';

/** Engines up to 3.1 show these instead of what was written to stderr. */
const meanings = {
  done: 'Success',
  'bad-input': 'The stated properties are not those of this resource, or not what it can bring about',
  'governed-by-policy': 'A policy (Group Policy or MDM) sets the list; nothing of it was changed',
  'not-elevated': 'Administrator rights are needed; nothing was changed',
  'failed-undone': 'It failed; the list is the old one',
  'unsupported-platform': 'This platform has no Schannel, or the addon could not be loaded',
  busy: 'Another change of the list is running',
  refused: 'Refused: it would lock peers out, or the machine changed meanwhile; nothing was changed',
  'failed-undo-incomplete': 'It failed, and putting it back failed too: run "schannel-dhe restore"',
  undecided: 'Whether DHE is offered is not known; "schannel-dhe status" says why',
  unexpected: 'A fault of schannel-dhe',
} as const satisfies Partial<Record<Outcome, string>>;

/**
 * An engine before 3.2 knows neither `whatIfArg` nor `condition`, and would not see the resource at all; with
 * `implementsPretest` it could not say what would happen.
 */
export function makeDscManifest(version: string, executable: string, firstArguments: readonly string[]): object {
  const method = (name: string) => ({ executable, args: [...firstArguments, 'dsc', name], input: 'stdin' });
  return {
    $schema: 'https://aka.ms/dsc/schemas/v3/bundled/resource/manifest.json',
    type: 'SchannelDhe/CipherSuiteOrder',
    version,
    description: 'Whether Schannel offers finite-field DHE cipher suites; set removes them, and keeps a backup.',
    tags: ['Windows', 'TLS', 'Schannel'],
    get: method('get'),
    test: { ...method('test'), return: 'stateAndDiff' },
    set: { ...method('set'), return: 'stateAndDiff' },
    exitCodes: Object.fromEntries(
      Object.entries(meanings).map(([outcome, meaning]) => [exitCodeOf(outcome as Outcome, 'default'), meaning]),
    ),
    schema: { embedded: makeDscSchema() },
  };
}

const canonical =
  'https://raw.githubusercontent.com/PowerShell/DSC/main/schemas/v3/resource/properties/inDesiredState.json';
const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Manifests must refer to the canonical property, and no engine fetches it. */
export function makeDscSchema(): object {
  const schema = z.toJSONSchema(dscInstanceSchema, { io: 'input' });
  const { _inDesiredState: inDesiredState, ...properties } = schema.properties ?? {};
  return {
    ...schema,
    properties: { ...properties, _inDesiredState: { $ref: canonical } },
    $defs: {
      [canonical]: {
        $schema: dialect,
        $id: canonical,
        title: 'Instance is in the Desired State',
        ...(inDesiredState as object),
        readOnly: true,
      },
    },
  };
}

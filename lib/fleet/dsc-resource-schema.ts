/** An instance of the DSC resource: what is stated of a machine, and what the machine answers. */
import { z } from 'zod';
import { verdictSchema } from '../assessment/assessment-schema';
import { layerIdSchema } from '../configuration/configuration-schema';

/** No pattern and no format here: an engine reads them with a regular expression of another language. */
export const dscInstanceSchema = z
  .strictObject({
    dheOffered: z.boolean().nullable().meta({
      title: 'DHE suites are offered',
      description: 'State false: no DHE suite is offered. In an answer null where that cannot be known.',
    }),
    scope: z.enum(['effective', 'localList']).meta({
      title: 'Which list the statement is of',
      description:
        'effective, if left out: the list in force, whichever layer sets it; under a policy set fails. localList: the list of the machine itself, which a policy overrides.',
    }),
    strict: z.boolean().meta({
      title: 'Refuse where it would only warn',
      description: 'set fails where the removal has a cost.',
      writeOnly: true,
    }),
    ecdsaOnly: z.boolean().meta({
      title: 'All certificates of this machine are ECDSA',
      description: 'The guard against a lock-out then counts suites for such certificates.',
      writeOnly: true,
    }),
    verdict: verdictSchema.meta({ title: 'What the list in force comes to', readOnly: true }),
    governedBy: layerIdSchema.meta({ title: 'The layer whose list is in force', readOnly: true }),
    dheSuites: z.array(z.string()).meta({ title: 'The DHE suites of the list that scope names', readOnly: true }),
    restartAdvised: z.boolean().meta({
      title: 'The list was changed since the last start',
      description: 'A service may still use the old one.',
      readOnly: true,
    }),
    _inDesiredState: z.boolean().nullable(),
    _restartRequired: z.array(z.record(z.string(), z.unknown())).meta({
      title: 'What must be restarted',
      description: 'Where this very run changed the list.',
      readOnly: true,
    }),
    _metadata: z.record(z.string(), z.unknown()).meta({ title: 'Metadata of the engine', readOnly: true }),
  })
  .partial()
  .meta({
    title: 'DHE in the cipher suite order of Schannel',
    description: 'Whether Schannel offers finite-field DHE cipher suites. set removes them, and keeps a backup.',
  });

/** Every sentence in Japanese. */
import type { Messages } from '../shape';
import { assessment } from './assessment';
import { change } from './change';
import { commandLine } from './command-line';
import { effects } from './effects';
import { errors } from './errors';
import { eventLogging } from './event-logging';
import { evidence } from './evidence';
import { explain } from './explain';
import { fleet } from './fleet';
import { groupPolicy } from './group-policy';
import { listen } from './listen';
import { policyText } from './policy-text';
import { probe } from './probe';

export const ja: Messages = {
  ...assessment,
  ...effects,
  ...policyText,
  ...change,
  ...commandLine,
  // The bundle loads these rooms when they are read (`scripts/build/make/chunks.ts`).
  get policy() {
    return groupPolicy.policy;
  },
  get probe() {
    return probe.probe;
  },
  get listen() {
    return listen.listen;
  },
  get evidence() {
    return evidence.evidence;
  },
  get logging() {
    return eventLogging.logging;
  },
  get fleet() {
    return fleet.fleet;
  },
  get explain() {
    return explain.explain;
  },
  get error() {
    return errors.error;
  },
};

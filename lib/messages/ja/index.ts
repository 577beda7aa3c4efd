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
import { groupPolicy } from './group-policy';
import { listen } from './listen';
import { policyText } from './policy-text';
import { probe } from './probe';

export const ja: Messages = {
  ...assessment,
  ...effects,
  ...policyText,
  ...change,
  ...groupPolicy,
  ...probe,
  ...listen,
  ...evidence,
  ...eventLogging,
  ...explain,
  ...errors,
  ...commandLine,
};

import { expect, it } from 'vitest';
import { judgeLeadingZeroFix } from '../../lib/windows/leading-zero-fix';

it.each([
  [7601, null, 'never-made'],
  [10240, 20000, 'never-made'],
  [10585, 0, 'never-made'],
  [10586, 0, 'present'],
  [10586, null, 'present'],
  [14392, 0, 'present'],
  [14393, 0, 'absent'],
  [14393, 3541, 'absent'],
  [14393, 3542, 'present'],
  [14393, 3543, 'present'],
  [14393, null, 'unknown'],
  [14394, null, 'present'],
  [null, 3542, 'unknown'],
] as const)('build %s.%s: %s', (build, revision, state) => {
  expect(judgeLeadingZeroFix({ build, revision })).toBe(state);
});

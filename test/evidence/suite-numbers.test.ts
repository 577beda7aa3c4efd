import { expect, it } from 'vitest';
import { dheSuites, rareDheSuites, unspokenDheSuites } from '../../lib/cipher-suite/dhe-suites';
import { describeNumber } from '../../lib/evidence/suite-numbers';

const all = [...[...dheSuites, ...rareDheSuites].map(({ id, name }) => [id, name] as const), ...unspokenDheSuites];

it.each(all)('0x%s, %s, is DHE where it is seen', (id, name) => {
  expect(describeNumber(id)).toEqual({ suite: name, keyExchange: 'DHE' });
});

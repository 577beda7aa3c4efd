import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utcTime } from '../../lib/configuration/utc-time';

it('writes what toISOString writes', () => {
  const year = (number: number) => new Date(Date.UTC(number, 0));
  fc.assert(
    fc.property(fc.date({ min: year(1970), max: year(9999), noInvalidDate: true }), (time) => {
      expect(utcTime(time)).toBe(time.toISOString());
    }),
  );
});

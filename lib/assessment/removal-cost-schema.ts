import { z } from 'zod';

/** Ids of what a list without the removed suites would lack. The first two lock a machine out. */
export const removalCostSchema = z.enum([
  'leaves-nothing',
  'leaves-no-usable-suite',
  'leaves-only-tls-1-3',
  'leaves-no-ecdhe',
  'loses-forward-secret-gcm-for-rsa',
  'leaves-nothing-for-dsa',
]);

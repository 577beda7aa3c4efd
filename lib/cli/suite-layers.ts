/** Where a suite list can be looked at: what is in force, each layer, and what this Windows version came with. */
export const suiteLayers = ['enumerated', 'groupPolicy', 'mdm', 'local', 'windowsDefault'] as const;

export type SuiteLayer = (typeof suiteLayers)[number];

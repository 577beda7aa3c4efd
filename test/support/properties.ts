import { configureGlobal } from 'fast-check';

// 10,000 runs of every property where it counts; fewer while somebody waits at a keyboard. Properties that cost more
// than a millisecond a run state their own number.
configureGlobal({ numRuns: process.env['CI'] ? 10_000 : 1_000 });

import { configureGlobal } from 'fast-check';

// Each mutant runs them all, and those that chance finds rarely are none that a test notices.
configureGlobal({ numRuns: 200 });

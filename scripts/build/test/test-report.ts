/** JUnit reports, as vitest, GoogleTest and Pester write them. */
import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  /** The names of those that ran, and of those that the runner passed over. */
  readonly ran: readonly string[];
  readonly skipped: readonly string[];
  /** Test files, where the runner knows files. */
  readonly suites: readonly { readonly name: string; readonly seconds: number }[];
  /** Why there is a failure that no test tells of. */
  readonly remark?: string;
}

interface Suite {
  readonly name?: string;
  readonly time?: string;
  readonly testsuite?: readonly Suite[];
  readonly testcase?: readonly Case[];
}
interface Case {
  readonly name?: string;
  readonly status?: string;
  readonly failure?: unknown;
  readonly error?: unknown;
  readonly skipped?: unknown;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
});

/**
 * What a run came to. A run that ended badly, that wrote no whole report, or that ran no test is a failure, whatever else
 * its report says. `end` is the exit code, or what ended it.
 */
export function readTestReport(file: string, end: number | string | null): TestReport {
  try {
    const report = parseReport(readFileSync(file, 'utf8'));
    if (end === 0 || report.failed > 0) return report;
    return { ...report, failed: 1, remark: `ended with ${end}, though no test failed` };
  } catch (error) {
    const remark = `ended with ${end}, without a whole report: ${(error as Error).message}`;
    return { passed: 0, failed: 1, ran: [], skipped: [], suites: [], remark };
  }
}

function parseReport(text: string): TestReport {
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new Error(`line ${validity.err.line}: ${validity.err.msg}`);
  const { testsuites }: { testsuites?: Suite } = parser.parse(text);
  const suites = withNested(testsuites?.testsuite ?? []);
  const cases = suites.flatMap(({ testcase = [] }) => testcase);
  const isSkipped = ({ skipped, status = '' }: Case) => skipped !== undefined || /^notrun$/i.test(status);
  const ran = cases.filter((one) => !isSkipped(one));
  if (ran.length === 0) throw new Error('it tells of no test that ran');
  const failed = ran.filter(({ failure, error }) => failure !== undefined || error !== undefined).length;
  return {
    passed: ran.length - failed,
    failed,
    ran: namesOf(ran),
    skipped: namesOf(cases.filter(isSkipped)),
    suites: suites.map(({ name = '', time = '0' }) => ({ name, seconds: Number(time) })),
  };
}

const namesOf = (cases: readonly Case[]) => cases.map(({ name = '' }) => name);

function withNested(suites: readonly Suite[]): readonly Suite[] {
  return suites.flatMap((suite) => [suite, ...withNested(suite.testsuite ?? [])]);
}

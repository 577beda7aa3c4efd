/** A run that broke off, or that ran nothing, has failed, whatever it wrote before. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readTestReport } from '../../scripts/build/test/test-report';
import { useFolder } from '../cli/run';

const folder = useFolder();

function read(text: string, end: number | string | null) {
  writeFileSync(folder('report.xml'), text);
  return readTestReport(folder('report.xml'), end);
}
const suites = (...cases: string[]) =>
  `<?xml version="1.0"?><testsuites><testsuite name="a.test.ts" time="1.5">${cases.join('')}</testsuite></testsuites>`;
const passed = '<testcase name="a &gt; b" time="1"/>';
const failed = '<testcase name="c"><failure message="x">&lt;y</failure></testcase>';
const error = '<testcase name="d" status="Failed"><error/></testcase>';

it.each<[string, string, number | string | null, object]>([
  [
    'vitest',
    suites(passed, failed, '<testcase name="e"><skipped/></testcase>'),
    1,
    { passed: 1, failed: 1, skipped: ['e'] },
  ],
  [
    'GoogleTest',
    suites('<testcase name="a" status="run" result="completed"/>', '<testcase name="b" status="notrun"/>'),
    0,
    { passed: 1, failed: 0, skipped: ['b'] },
  ],
  [
    'Pester',
    `\ufeff${suites('<testcase name="a" status="Passed"/>', error, '<testcase name="b" status="Skipped"><skipped/></testcase>')}`,
    1,
    { passed: 1, failed: 1, skipped: ['b'] },
  ],
  [
    'a runner with suites in suites',
    `<testsuites><testsuite>${suites(passed).slice(suites().indexOf('<testsuite '), -'</testsuites>'.length)}</testsuite></testsuites>`,
    0,
    { passed: 1, failed: 0, skipped: [] },
  ],
])('counts what %s writes', (_, text, end, expected) => {
  expect(read(text, end)).toMatchObject(expected);
});

it('tells how long each file took', () => {
  expect(read(suites(passed), 0).suites).toEqual([{ name: 'a.test.ts', seconds: 1.5 }]);
});

it.each<[string, string, number | string | null]>([
  ['has nothing in it', '', 0],
  ['is cut off', suites(passed, passed).slice(0, -20), 0],
  ['is cut off between two elements', suites(passed).slice(0, -'</testsuites>'.length), 0],
  ['is no XML', 'Segmentation fault', 139],
  ['holds no suite', '<testsuites tests="0"/>', 0],
  ['holds no test', suites(), 0],
  ['holds skipped tests alone', suites('<testcase name="a"><skipped/></testcase>'), 0],
  ['is whole, of a run that ended with 1', suites(passed), 1],
  ['is whole, of a run that was ended', suites(passed), 'SIGKILL'],
  ['is whole, of a run that nobody saw end', suites(passed), null],
])('a report that %s is a failure', (_, text, end) => {
  const { failed, remark } = read(text, end);
  expect(failed).toBe(1);
  expect(remark).toContain(`ended with ${end}`);
});

it('no report is a failure', () => {
  expect(readTestReport(folder('none.xml'), 0)).toMatchObject({ passed: 0, failed: 1 });
});

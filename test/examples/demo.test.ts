import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../repo/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthproof-demo-'));
const csv = join(folder, 'people.csv');
writeFileSync(
  csv,
  `age,sex,city,income\n${Array.from({ length: 400 }, (_, i) => `${20 + ((i * 7) % 45)},${i % 3 ? 'f' : 'm'},${['Basel', 'Chur', 'Uri'][(i % 5) % 3]},${i % 4 ? 'low' : 'high'}`).join('\n')}\n`,
);

function demo(...args: string[]): { status: number | null; output: string } {
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), 'examples/demo.ts', ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { status: result.status, output: result.stdout + result.stderr };
}

test("governs a user's own file", () => {
  const out = join(folder, 'out');
  const { status, output } = demo(csv, '--label', 'income', '--protected', 'sex,city', '--out', out);
  expect(output).toContain('accepted');
  expect(output.match(/refused/g)).toHaveLength(3);
  expect(status).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    'croissant.json',
    'lineage.dsse.json',
    'people-synthetic.csv',
    'public-key.txt',
    'report.html',
    'report.md',
  ]);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

const binary = join(folder, 'binary.csv');
writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00, 0x61]));
const empty = join(folder, 'empty.csv');
writeFileSync(empty, '');
const headerOnly = join(folder, 'header.csv');
writeFileSync(headerOnly, 'a,b\n');
const ragged = join(folder, 'ragged.csv');
writeFileSync(ragged, 'a,b\n1,2\n3\n');
const twice = join(folder, 'twice.csv');
writeFileSync(twice, 'a,a\n1,2\n3,4\n');

test.each([
  ['a file that is not there', ['nothing.csv'], /nothing\.csv: no such file/],
  ['a folder', [folder], /this is a folder/],
  ['an empty file', [empty], /empty/],
  ['a file without rows', [headerOnly], /at least 2 data rows/],
  ['a file that is not text', [binary], /UTF-8/],
  ['ragged rows', [ragged], /ragged\.csv: data row 2 \(line 3\): expected 2 cells/],
  ['a doubled column', [twice], /"a"/],
  [
    'an unknown label',
    [csv, '--label', 'incme'],
    /--label.*no column "incme".*did you mean "income"\?.*age, sex, city, income/,
  ],
  ['an unknown protected column', [csv, '--protected', 'sex,race'], /--protected.*no column "race"/],
  [
    'a positive value that does not occur',
    [csv, '--label', 'income', '--positive', 'rich'],
    /no value "rich".*high, low/,
  ],
  ['a label that is protected too', [csv, '--label', 'sex', '--protected', 'sex'], /both name "sex"/],
  ['rows that are no number', [csv, '--rows', 'many'], /--rows: expected a whole number/],
  ['an unknown option', [csv, '--lable', 'x'], /usage/],
  ['two files', [csv, csv], /one file/],
  ['an option without its file', ['--label', 'income'], /file of your own/],
])('says what is wrong with %s and exits 2', (_, args, message) => {
  const { status, output } = demo(...args);
  expect(output).toMatch(message);
  expect(output).not.toMatch(/\n\s+at /);
  expect(status).toBe(2);
});

test('the folder of the Olympians package is where the demo looks', () => {
  expect(existsSync(join(root, 'node_modules/@observablehq/sample-datasets/olympians.csv'))).toBe(true);
});

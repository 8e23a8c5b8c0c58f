/**
 * npm run mutation -- FOLDER... [--share 0.25] [--again] [--files a,b] [--batch 8] [--workers 2] [--quiet]
 *
 * Mutation score of source folders (math, random, stats, hash) against their own tests: how many of the small faults
 * that Stryker puts into the source a test notices. Needs `npm ci --prefix bench`. Results lie in out/mutation/FOLDER.
 *
 * --share    fixed random share of the mutants; the score then comes with a Wilson interval (default 1: all)
 * --again    runs only what survived before, in files whose source is still the same; tests may only have been added
 * --files    only these files of the folder, without `.ts`
 * --batch    files in one Stryker run (default 8)
 * --workers  Stryker runs at a time (default 1)
 * --quiet    without the list of survivors
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { wilsonInterval } from '../../src/stats/index.ts';

/** Instrumented kernels slow every test that calls them up to a hundred times: each has a run of its own. */
const KERNELS = new Set([
  'hash/internal-sha256-core',
  'hash/sha256-batch',
  'hash/utf8',
  'random/internal-counter-rng',
  'random/internal-key',
  'random/internal-philox',
  'random/internal-threefry',
  'random/internal-threefry-block',
]);

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly start: Position;
  readonly end: Position;
}

/** One mutant as Stryker's JSON report has it; lines and columns from 1. */
interface Mutant {
  readonly replacement: string;
  readonly location: Place;
  readonly status: string;
}

interface FileReport {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

interface Picking {
  mutantKey(location: Place, replacement: string): string;
  isInSample(file: string, key: string, share: number): boolean;
}

const KILLED = new Set(['Killed', 'Timeout', 'RuntimeError']);
const LIVING = new Set(['Survived', 'NoCoverage']);

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const stryker = join(root, 'bench/node_modules/@stryker-mutator/core/bin/stryker.js');
if (!existsSync(stryker)) {
  console.error('Stryker is not installed; run: npm ci --prefix bench');
  process.exit(2);
}
const { mutantKey, isInSample } = (await import(pathToFileURL(join(here, 'pick-checker.mjs')).href)) as Picking;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: 'string', default: '1' },
    again: { type: 'boolean', default: false },
    files: { type: 'string' },
    batch: { type: 'string', default: '8' },
    workers: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
});
const share = Number(values.share);
const wanted = values.files?.split(',');

const keyOf = ({ location: { start, end }, replacement }: Mutant): string => {
  const fromZero = ({ line, column }: Position): Position => ({ line: line - 1, column: column - 1 });
  return mutantKey({ start: fromZero(start), end: fromZero(end) }, replacement);
};
const isSampled = (file: string, mutant: Mutant): boolean => isInSample(file, keyOf(mutant), share);
const storeOf = (file: string): string => join(root, 'out/mutation', file.replace(/^src\//, '').replace(/ts$/, 'json'));

/** The stored result of a file, if its source is still the same. */
function lastReport(file: string): FileReport | null {
  const store = storeOf(file);
  if (!existsSync(store)) return null;
  const report = JSON.parse(readFileSync(store, 'utf8')) as FileReport;
  return report.source === readFileSync(join(root, file), 'utf8') ? report : null;
}

/** Runs Stryker on some files of a folder and stores a report for each, with what was killed before. */
async function runBatch(folder: string, files: readonly string[], name: string): Promise<void> {
  const known = new Map<string, Map<string, Mutant>>();
  const open = files.filter((file) => {
    const last = values.again ? lastReport(file) : null;
    if (last === null) return true;
    const killed = last.mutants.filter((mutant) => KILLED.has(mutant.status));
    known.set(file, new Map(killed.map((mutant) => [keyOf(mutant), mutant])));
    const isSettled = (mutant: Mutant): boolean => KILLED.has(mutant.status) || mutant.status === 'Ignored';
    return !last.mutants.every((mutant) => isSettled(mutant) || !isSampled(file, mutant));
  });
  if (open.length === 0) return;
  const base = join(root, 'out/mutation', folder, `.batch-${name}`);
  const done = Object.fromEntries(open.map((file) => [file, [...(known.get(file)?.keys() ?? [])]]));
  writeFileSync(`${base}-done.json`, JSON.stringify(done));
  const child = spawn(process.execPath, [stryker, 'run', 'bench/mutation/stryker.config.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      MUTATION_FOLDER: folder,
      MUTATION_FILES: open.join(),
      MUTATION_SHARE: String(share),
      MUTATION_DONE: `${base}-done.json`,
      MUTATION_OUT: `${base}.json`,
    },
  });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  child.stderr.on('data', (part) => (text += part));
  const status = await new Promise<number | null>((settle) => child.on('close', settle));
  if (status !== 0) throw new Error(`${open.join(', ')}: Stryker failed\n${text.slice(-3000)}`);
  const { files: reports } = JSON.parse(readFileSync(`${base}.json`, 'utf8')) as { files: Record<string, FileReport> };
  for (const [file, report] of Object.entries(reports)) {
    const before = known.get(file);
    const mutants = report.mutants.map((mutant) => before?.get(keyOf(mutant)) ?? mutant);
    writeFileSync(storeOf(file), JSON.stringify({ source: report.source, mutants }));
    console.log(`${file}: ${count(file, mutants, KILLED)} killed, ${count(file, mutants, LIVING)} live`);
  }
}

function count(file: string, mutants: readonly Mutant[], states: ReadonlySet<string>): number {
  let n = 0;
  for (const mutant of mutants) if (states.has(mutant.status) && isSampled(file, mutant)) n++;
  return n;
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 90 ? `${flat.slice(0, 87)}...` : flat;
}

/** The part of the source that a mutant replaces. */
function replaced(source: string, { start, end }: Place): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1]!.slice(0, end.column - 1);
  lines[0] = lines[0]!.slice(start.column - 1);
  return lines.join('\n');
}

/** Kernels alone, the others in batches. */
function batchesOf(folder: string, names: readonly string[]): string[][] {
  const isKernel = (name: string): boolean => KERNELS.has(`${folder}/${name}`);
  const others = names.filter((name) => !isKernel(name));
  const batches = names.filter(isKernel).map((name) => [name]);
  const size = Number(values.batch);
  for (let i = 0; i < others.length; i += size) batches.push(others.slice(i, i + size));
  return batches;
}

function report(folder: string, files: readonly string[]): void {
  let killed = 0;
  let timeouts = 0;
  let living = 0;
  for (const file of files) {
    const last = lastReport(file);
    if (last === null) continue;
    killed += count(file, last.mutants, KILLED);
    timeouts += count(file, last.mutants, new Set(['Timeout']));
    for (const mutant of last.mutants) {
      if (!LIVING.has(mutant.status) || !isSampled(file, mutant)) continue;
      living++;
      const { start } = mutant.location;
      const change = `${oneLine(replaced(last.source, mutant.location))}  ->  ${oneLine(mutant.replacement)}`;
      const note = mutant.status === 'NoCoverage' ? '  [no test comes here]' : '';
      if (!values.quiet) console.log(`  ${file}:${start.line}:${start.column}  ${change}${note}`);
    }
  }
  const n = killed + living;
  const { lower, upper } = wilsonInterval(killed, n);
  const interval =
    share < 1 ? `, 95 % Wilson interval ${(100 * lower).toFixed(1)} to ${(100 * upper).toFixed(1)} %` : '';
  const score = `score ${((100 * killed) / n).toFixed(1)} %${interval}`;
  console.log(`${folder}: ${n} mutants, ${killed} killed (${timeouts} by time), ${living} survived; ${score}`);
}

for (const folder of positionals) {
  mkdirSync(join(root, 'out/mutation', folder), { recursive: true });
  const names = readdirSync(join(root, 'src', folder))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -3))
    .filter((name) => wanted === undefined || wanted.includes(name))
    .sort();
  if (names.length === 0) {
    console.error(`no file of src/${folder} is named ${wanted?.join(', ')}; give names without .ts`);
    process.exit(2);
  }
  const fileOf = (name: string): string => `src/${folder}/${name}.ts`;
  const queue = batchesOf(folder, names);
  const work = async (): Promise<void> => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) await runBatch(folder, batch.map(fileOf), batch[0]!);
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
  report(folder, names.map(fileOf));
}

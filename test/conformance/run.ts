/**
 * npm run conformance -- FILE... [--only fn,fn] [--known]
 *
 * Compares this library with results of the reference implementations. Without FILE: every file of
 * ../shared/oracles. `--known` leaves out cases whose function the library does not have yet and counts them;
 * otherwise an unknown function is a failure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { firstDifference } from './compare.ts';
import type { DisputedTable, FunctionTable, OracleContext, OracleFile } from './types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(here, '../../../shared');
const MAPPINGS_SHOWN = 5;

/** What the mapping files say. */
export interface Mappings {
  readonly functions: FunctionTable;
  readonly disputed: DisputedTable;
}

/** Joins the mapping files beside this one: each exports `...Functions`, and `...Disputed` where a reference is wrong. */
export async function loadMappings(): Promise<Mappings> {
  const functions: FunctionTable = {};
  const disputed: DisputedTable = {};
  for (const name of readdirSync(here).sort()) {
    if (!name.endsWith('.ts') || ['run.ts', 'types.ts', 'compare.ts'].includes(name) || name.endsWith('.test.ts'))
      continue;
    const module = (await import(pathToFileURL(join(here, name)).href)) as Record<string, unknown>;
    for (const [exported, value] of Object.entries(module)) {
      if (exported.endsWith('Disputed')) Object.assign(disputed, value as DisputedTable);
      if (!exported.endsWith('Functions')) continue;
      for (const [fn, run] of Object.entries(value as FunctionTable)) {
        if (functions[fn]) throw new Error(`two mappings for "${fn}" (the second in ${name})`);
        functions[fn] = run;
      }
    }
  }
  return { functions, disputed };
}

/** Result of one file. */
export interface ConformanceResult {
  readonly passed: number;
  readonly failures: readonly string[];
  /** Cases that differ only where the reference is provably wrong, with the reason. */
  readonly disputes: readonly string[];
  readonly unknown: ReadonlyMap<string, number>;
}

/** Runs the cases of one oracle file. */
export function runFile(
  file: OracleFile,
  { functions, disputed }: Mappings,
  options: { readonly only?: ReadonlySet<string> | undefined; readonly known?: boolean | undefined } = {},
): ConformanceResult {
  const note = (file as { toleranceNote?: string }).toleranceNote ?? '';
  const context: OracleContext = { file, data: (name) => readFileSync(join(shared, 'data', name), 'utf8') };
  const failures: string[] = [];
  const disputes: string[] = [];
  const unknown = new Map<string, number>();
  let passed = 0;
  for (const item of file.cases) {
    if (item.fn.startsWith('__')) continue; // data that other cases refer to
    if (options.only && !options.only.has(item.fn)) continue;
    const run = functions[item.fn];
    if (!run) {
      unknown.set(item.fn, (unknown.get(item.fn) ?? 0) + 1);
      if (!options.known) failures.push(`${item.fn} · ${item.name}: unknown function`);
      continue;
    }
    const tolerance = { value: item.tolerance ?? file.tolerance, relative: note.startsWith('relative') };
    let difference: string | null;
    try {
      const actual = run(item.input, context);
      difference = firstDifference(actual, item.expected, tolerance);
      const wrong = difference ? (disputed[item.fn]?.(item.input, item.expected) ?? []) : [];
      if (wrong.length) {
        const except = new Set(wrong.map(({ path }) => path));
        difference = firstDifference(actual, item.expected, { ...tolerance, except });
        if (!difference) {
          disputes.push(`${item.fn} · ${item.name}: ${wrong.map(({ path, why }) => `${path} ${why}`).join('; ')}`);
          continue;
        }
      }
    } catch (error) {
      difference = `threw ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ') : String(error)}`;
    }
    if (difference) failures.push(`${item.fn} · ${item.name}: ${difference}`);
    else passed++;
  }
  return { passed, failures, disputes, unknown };
}

async function main(args: readonly string[]): Promise<number> {
  const files: string[] = [];
  let only: Set<string> | undefined;
  let known = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--only') only = new Set(args[++i]?.split(','));
    else if (args[i] === '--known') known = true;
    else if (args[i]!.startsWith('--')) {
      console.error(`unknown option ${args[i]}; usage: npm run conformance -- FILE... [--only fn,fn] [--known]`);
      return 2;
    } else files.push(args[i]!);
  }
  if (files.length === 0) {
    const folder = join(shared, 'oracles');
    if (!existsSync(folder)) {
      console.log(`no files named and no ${folder} on this machine: nothing to compare`);
      return 0;
    }
    for (const name of readdirSync(folder).sort()) if (name.endsWith('.json')) files.push(join(folder, name));
  }
  const mappings = await loadMappings();
  let passed = 0;
  let failed = 0;
  let left = 0;
  let disputed = 0;
  for (const path of files) {
    const result = runFile(JSON.parse(readFileSync(path, 'utf8')) as OracleFile, mappings, { only, known });
    passed += result.passed;
    failed += result.failures.length;
    const missing = [...result.unknown].map(([fn, n]) => `${fn} (${n})`);
    for (const n of result.unknown.values()) left += n;
    disputed += result.disputes.length;
    console.log(
      `${path.split('/').at(-1)}: ${result.passed} passed, ${result.failures.length} failed${missing.length && known ? `, left out: ${missing.join(', ')}` : ''}`,
    );
    for (const dispute of result.disputes) console.log(`  disputed: ${dispute}`);
    const shown = only ? Number.POSITIVE_INFINITY : MAPPINGS_SHOWN * 4;
    for (const failure of result.failures.slice(0, shown)) console.log(`  ${failure}`);
    if (result.failures.length > shown)
      console.log(`  ... and ${result.failures.length - shown} more (name functions with --only to see all)`);
  }
  if (left && known) console.log(`${left} cases of functions that are not there yet were left out`);
  if (passed + failed === 0) {
    console.log('no case was run: check the names after --only');
    console.log('0 passed, 1 failed');
    return 1;
  }
  if (disputed) console.log(`${disputed} cases differ only where the reference is provably wrong (disputed)`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../src/hash/index.ts';
import { measureQuality } from '../src/quality/index.ts';
import { concatRows } from '../src/table/index.ts';
import type { Table } from '../src/types.ts';
import { adultCsv } from './adult.ts';

const SCORER = resolve(dirname(fileURLToPath(import.meta.url)), '../../shared/tools/score_tabular.py');

/** What the scorer prints of a synthetic Adult. */
export interface AdultScore {
  /** AUC on the real hold-out of a model trained on the synthetic rows; real rows give .930. */
  readonly tstr_auc: number;
  /** AUC of telling synthetic rows from the hold-out; .5 is indistinguishable. */
  readonly c2st_auc: number;
  /** Share of rows that equal a training row. */
  readonly exact: number;
}

/** Why a score may be absent. */
export const NO_SCORER = 'score_tabular.py needs Debian python3-sklearn and python3-pandas';

/** Means over the seeds of what scikit-learn says of the written CSV; null where the scorer or scikit-learn is missing. */
export function scoreAdult(draw: (seed: string) => Table, seeds: readonly string[]): AdultScore | null {
  const folder = mkdtempSync(join(tmpdir(), 'synthproof-'));
  try {
    const found: AdultScore[] = [];
    for (const seed of seeds) {
      const file = join(folder, 'adult.csv');
      writeFileSync(file, adultCsv(draw(seed)));
      const score = runScorer(file);
      if (score === null) return null;
      found.push(score);
    }
    const mean = (key: keyof AdultScore) => found.reduce((sum, score) => sum + score[key], 0) / found.length;
    return { tstr_auc: mean('tstr_auc'), c2st_auc: mean('c2st_auc'), exact: mean('exact') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runScorer(file: string): AdultScore | null {
  if (!existsSync(SCORER)) return null;
  // Debian's packages belong to the system's Python, which need not be the first on the path.
  for (const python of ['/usr/bin/python3', 'python3']) {
    try {
      return JSON.parse(execFileSync(python, [SCORER, file], { encoding: 'utf8', stdio: 'pipe' })) as AdultScore;
    } catch {
      // Not there, or without scikit-learn: the next one may have it.
    }
  }
  return null;
}

/** SDMetrics' overall score where every pair counts, averaged over seeds. */
export function meanQ0(train: Table, draw: (seed: string) => Table, seeds: readonly string[]): number {
  let total = 0;
  for (const seed of seeds) {
    const thresholds = { correlation: 0, association: 0 };
    const result = measureQuality(train, draw(seed), { mode: 'compat', seed, thresholds, noiseFloor: { repeats: 0 } });
    total += result.overall.value!;
  }
  return total / seeds.length;
}

/** SHA-256 of rows drawn in shards and joined. */
export function shardHash(rows: number, count: number, draw: (offset: number, n: number) => Table): string {
  const parts: Table[] = [];
  for (let shard = 0; shard < count; shard++) {
    const start = Math.floor((rows * shard) / count);
    parts.push(draw(start, Math.floor((rows * (shard + 1)) / count) - start));
  }
  return sha256Hex(adultCsv(concatRows(parts)));
}

/** Result of the last run and seconds of the fastest. */
export function fastest<T>(runs: number, run: () => T): [T, number] {
  let best = Infinity;
  let result: T | undefined;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    result = run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return [result as T, best];
}

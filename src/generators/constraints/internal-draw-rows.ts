import { SynthproofError } from '../../errors.ts';
import { concatRows } from '../../table/concat-rows.ts';
import { getColumn } from '../../table/get-column.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import type { Constraint } from './constraint-types.ts';
import type { Decoded } from './internal-recode.ts';
import { type RowRule, rowRule, uniqueKey } from './internal-rules.ts';
import { constraintName } from './internal-validate.ts';

/** What is needed to draw rows again and again. */
export interface DrawPlan {
  /** Argument that errors name. */
  readonly argument: 'constraints' | 'given';
  readonly constraints: readonly Constraint[];
  /** Keys of allowed combinations per constraint. */
  readonly allowed: readonly (ReadonlySet<string> | null)[];
  readonly maxTries: number;
  /** Draws rows `offset` to `offset + rows - 1` of one attempt. */
  readonly draw: (attempt: number, offset: number, rows: number) => Decoded;
}

/** Seed of one attempt: attempt 0 is the sample that the wrapped generator would give. */
export function attemptSeed(seed: string, attempt: number): string {
  return attempt === 0 ? seed : `${seed}\u0000attempt ${attempt}`;
}

/** Rows to be drawn again that stand at most so far apart are drawn in one call: a call costs about as much as so many rows. */
const GAP = 256;

/**
 * Rows `offset` to `offset + rows - 1`. In round r every row that is not yet good draws attempt r. Rules of one row see
 * that row only. A unique rule looks at rows 0 to i: row i is not good while an earlier row has its cells; so what
 * becomes of a row depends on the rows before it, and never on how many follow.
 */
export function drawConstrained(plan: DrawPlan, offset: number, rows: number, job: JobOptions): Table {
  const uniques = plan.constraints.filter((constraint) => constraint.kind === 'unique');
  const first = uniques.length > 0 ? 0 : offset;
  const count = offset + rows - first;
  const tally = { draws: 0, good: 0, broken: plan.constraints.map(() => 0) };
  const parts: Table[] = [];
  // Where each row's current cells stand among the parts laid end to end.
  const place = new Float64Array(count);
  const keys = uniques.map(() => new Array<string | null>(count).fill(null));
  const broken = new Uint8Array(count);
  let height = 0;
  let waiting = Uint32Array.from({ length: count }, (_, i) => i);
  for (let attempt = 0; waiting.length > 0; attempt++) {
    checkAbort(job.signal, 'sample');
    if (attempt === plan.maxTries) throw unmet(plan, tally, waiting, first, count);
    for (let from = 0; from < waiting.length; ) {
      let to = from + 1;
      while (to < waiting.length && waiting[to]! - waiting[to - 1]! <= GAP) to++;
      const start = waiting[from]!;
      const { table, bad } = plan.draw(attempt, first + start, waiting[to - 1]! - start + 1);
      const wanted = Uint32Array.from({ length: to - from }, (_, i) => waiting[from + i]! - start);
      const rules = plan.constraints.map((constraint, c) => rowRule(constraint, table, plan.allowed[c]!));
      const keyed = uniques.map((unique) => unique.columns.map((name) => getColumn(table, name)));
      for (let i = 0; i < wanted.length; i++) {
        const row = start + wanted[i]!;
        place[row] = height + i;
        broken[row] = holds(rules, wanted[i]!, bad, tally) ? 0 : 1;
        for (let u = 0; u < keys.length; u++) keys[u]![row] = uniqueKey(keyed[u]!, wanted[i]!);
      }
      parts.push(wanted.length === table.rowCount ? table : takeRows(table, wanted));
      height += wanted.length;
      from = to;
    }
    waiting = stillWaiting(broken, keys, plan, tally);
    job.onProgress?.({ stage: 'sample', done: count - waiting.length, total: count });
  }
  if (parts.length === 0) return plan.draw(0, offset, 0).table;
  const whole = parts.length === 1 ? parts[0]! : concatRows(parts);
  return parts.length === 1 && first === offset ? whole : takeRows(whole, place.subarray(offset - first));
}

interface Tally {
  draws: number;
  good: number;
  /** Draws that violate each constraint. */
  readonly broken: number[];
}

function holds(rules: readonly (RowRule | null)[], row: number, bad: Uint8Array, tally: Tally): boolean {
  let good = bad[row] === 0;
  tally.draws++;
  if (good)
    for (let c = 0; c < rules.length; c++) {
      const rule = rules[c]!;
      if (rule === null || rule(row)) continue;
      tally.broken[c]!++;
      good = false;
    }
  if (good) tally.good++;
  return good;
}

/** Rows that violate a rule of their own, or repeat an earlier good row. */
function stillWaiting(
  broken: Uint8Array,
  keys: readonly (readonly (string | null)[])[],
  plan: DrawPlan,
  tally: Tally,
): Uint32Array<ArrayBuffer> {
  const rows: number[] = [];
  const seen = keys.map(() => new Set<string>());
  const at = plan.constraints.flatMap((constraint, c) => (constraint.kind === 'unique' ? [c] : []));
  for (let row = 0; row < broken.length; row++) {
    let good = broken[row] === 0;
    for (let u = 0; good && u < keys.length; u++) {
      const key = keys[u]![row]!;
      if (key === null || !seen[u]!.has(key)) continue;
      tally.broken[at[u]!]!++;
      good = false;
    }
    if (!good) rows.push(row);
    else
      for (let u = 0; u < keys.length; u++) {
        const key = keys[u]![row]!;
        if (key !== null) seen[u]!.add(key);
      }
  }
  return Uint32Array.from(rows);
}

function unmet(plan: DrawPlan, tally: Tally, waiting: Uint32Array, first: number, count: number): SynthproofError {
  let worst = 0;
  tally.broken.forEach((rows, c) => {
    if (rows > tally.broken[worst]!) worst = c;
  });
  const most =
    tally.broken[worst]! > 0
      ? `most often violated: "${constraintName(plan.constraints[worst]!)}" (${tally.broken[worst]} draws)`
      : 'the draws held levels that were pooled or lay outside the source';
  const rate = (tally.good / tally.draws).toPrecision(3);
  return new SynthproofError(
    'CONSTRAINT_UNMET',
    `${plan.argument}: ${waiting.length} of ${count} rows satisfy them in none of ${plan.maxTries} tries, acceptance rate ${rate} (${tally.good} of ${tally.draws} draws); ${most}; loosen it, raise maxTries, or draw fewer rows where cells must be unique`,
    { argument: plan.argument, row: first + waiting[0]! },
  );
}

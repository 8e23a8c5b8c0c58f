import { normalUpperTail } from '../math/normal-upper-tail.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { createTable } from '../table/create-table.ts';
import type { Column, JobOptions, Measure, Table } from '../types.ts';
import type { AuditReversals, BiasAuditSpec, BiasSearch, ReversalChange } from './audit-bias-types.ts';
import { findReversals, type ReversalCheck, type Reversals } from './find-reversals.ts';
import { columnOf, MAX_INTEGER_LEVELS, type OutcomeSpec } from './internal-encode.ts';
import { codedColumn, otherColumns, sharedLevels } from './internal-levels.ts';
import { rateOptions, zFor } from './internal-rates.ts';
import { spontaneousBias } from './spontaneous-bias.ts';

/** Bins of a number and most levels of another column: the defaults of both searches. */
const BINS = 5;
const MOST_LEVELS = 20;

/** The audit's search over the columns beside the sensitive ones. */
export function searchColumns(source: Table, synthetic: Table | undefined, spec: BiasAuditSpec): BiasSearch | null {
  const { sensitive, label, prediction, seed, adjust, onProgress, signal } = spec;
  if (spec.columns !== undefined && spec.columns.length === 0) return null;
  const { level } = rateOptions(spec);
  const asked = otherColumns(
    source.columns.map((column) => column.name),
    sensitive,
    spec.columns,
  ).filter((name) => !sensitive.includes(name));
  for (const name of asked) columnOf(source, name, 'columns');
  const there = new Set((synthetic ?? source).columns.map((column) => column.name));
  const columns = asked.filter((name) => there.has(name));
  return {
    associations:
      synthetic === undefined
        ? null
        : spontaneousBias(source, synthetic, { sensitive, columns, seed, level, adjust, onProgress, signal }),
    reversals:
      label === undefined
        ? []
        : reversalsOf(
            source,
            synthetic,
            label,
            columns.filter((name) => name !== label.column && name !== prediction?.column),
            spec,
          ),
    notInSynthetic: asked.filter((name) => !there.has(name)),
  };
}

function reversalsOf(
  source: Table,
  synthetic: Table | undefined,
  label: OutcomeSpec,
  columns: readonly string[],
  spec: BiasAuditSpec,
): AuditReversals[] {
  const { level, minN } = rateOptions(spec);
  const groups = spec.sensitive.filter((name) => name !== label.column);
  // The same levels in both tables, so that a stratum means the same in both.
  const coded = synthetic === undefined ? null : codedAlike(source, synthetic, groups, columns);
  return groups.map((sensitive) => {
    const strata = [...groups.filter((name) => name !== sensitive), ...columns].filter(
      (name) => coded === null || coded.has(name),
    );
    const search = (table: Table, side: 0 | 1): Reversals =>
      findReversals(
        createTable([
          columnOf(table, sensitive, 'sensitive'),
          columnOf(table, label.column, 'label'),
          ...strata.map((name) => coded?.get(name)?.[side] ?? columnOf(table, name, 'columns')),
        ]),
        { sensitive, label, strata, level, minN, bins: BINS, maxLevels: MOST_LEVELS, ...jobOf(spec) },
      );
    const before = search(source, 0);
    const after = synthetic === undefined ? null : search(synthetic, 1);
    return {
      sensitive,
      source: before,
      synthetic: after,
      changes: after === null ? [] : compareReversals(before, after, level),
    };
  });
}

function jobOf({ onProgress, signal }: JobOptions): JobOptions {
  return { onProgress, signal };
}

/** Columns over levels shared by both tables; one that has none (an identifier, a constant) stays as it is, one of two kinds drops out. */
function codedAlike(
  source: Table,
  synthetic: Table,
  groups: readonly string[],
  columns: readonly string[],
): Map<string, readonly [Column, Column]> {
  const coded = new Map<string, readonly [Column, Column]>();
  for (const name of [...groups, ...columns]) {
    const pair = [columnOf(source, name, 'columns'), columnOf(synthetic, name, 'columns')] as const;
    const found = sharedLevels(pair, BINS, MOST_LEVELS, groups.includes(name) ? MAX_INTEGER_LEVELS : BINS);
    if (found === 'kind-mismatch') continue;
    if (typeof found === 'string') {
      coded.set(name, pair);
      continue;
    }
    const [before, after] = found.codes as [Int32Array, Int32Array];
    coded.set(name, [codedColumn(name, before, found.labels), codedColumn(name, after, found.labels)]);
  }
  return coded;
}

/** Checks of both tables side by side, with the change of the difference within levels. */
function compareReversals(before: Reversals, after: Reversals, level: number): ReversalChange[] {
  const key = (one: ReversalCheck): string => JSON.stringify([one.group, one.stratum]);
  const sides = [before, after].map((found) => new Map(found.checks.map((one) => [key(one), one])));
  const [left, right] = sides as [Map<string, ReversalCheck>, Map<string, ReversalCheck>];
  const found = [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [a, b] = [left.get(name), right.get(name)];
    const { group, stratum } = (a ?? b)!;
    return {
      group,
      stratum,
      source: a?.verdict ?? null,
      synthetic: b?.verdict ?? null,
      change: changeOf(a?.conditional, b?.conditional, level),
    };
  });
  const adjusted = adjustPValues(
    found.map((one) => one.change.pValue).filter((p) => p !== undefined),
    'holm',
  );
  let next = 0;
  return found
    .map((one) => ({ ...one, pAdjusted: one.change.pValue === undefined ? null : adjusted[next++]! }))
    .sort((a, b) => (a.pAdjusted ?? 2) - (b.pAdjusted ?? 2) || (a.change.pValue ?? 2) - (b.change.pValue ?? 2));
}

/** Difference of two conditional differences, each with a square-and-add interval. */
function changeOf(a: Measure | undefined, b: Measure | undefined, level: number): Measure {
  const n = (a?.n ?? 0) + (b?.n ?? 0);
  const base = { metric: 'conditionalDifferenceChange', range: [-2, 2] as const, goal: 'zero' as const, n };
  if (a === undefined || b === undefined) return { ...base, value: null, reason: 'group-absent' };
  if (a.value === null || b.value === null) return { ...base, value: null, reason: a.reason ?? b.reason };
  const [x, y] = [a.interval!, b.interval!];
  const value = b.value - a.value;
  const down = (b.value - y.lower) * (b.value - y.lower) + (x.upper - a.value) * (x.upper - a.value);
  const up = (y.upper - b.value) * (y.upper - b.value) + (a.value - x.lower) * (a.value - x.lower);
  const spread = Math.sqrt((down + up) / 2) / zFor(level);
  return {
    ...base,
    value,
    interval: { lower: value - Math.sqrt(down), upper: value + Math.sqrt(up), level, method: 'newcombe' },
    // Without any spread (all rates 0 or 1) the normal test says nothing.
    ...(spread > 0 ? { pValue: Math.min(1, 2 * normalUpperTail(Math.abs(value) / spread)) } : {}),
  };
}

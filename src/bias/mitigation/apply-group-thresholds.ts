import { SynthproofError } from '../../errors.ts';
import { uniform } from '../../random/uniform.ts';
import { booleanColumn } from '../../table/boolean-column.ts';
import { createTable } from '../../table/create-table.ts';
import { numberColumn } from '../../table/number-column.ts';
import type { Rng, Table } from '../../types.ts';
import { checkRng, columnOf, encodeNumbers } from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import { groupLabel } from '../internal-rates.ts';
import type { GroupThresholds, ThresholdRule } from './group-thresholds.ts';
import type { ScoreRule } from './internal-rate-hull.ts';

/** Options of {@link applyGroupThresholds}. */
export interface ApplyGroupThresholdsOptions {
  /** Source of the chances where two thresholds are mixed; one draw per row, in row order. */
  readonly rng: Rng;
  /** Name of the added boolean column. Default `decision`. */
  readonly column?: string | undefined;
  /** Name of a further column with each row's probability of being selected. Default: none. */
  readonly probability?: string | undefined;
}

/** Result of {@link applyGroupThresholds}. */
export interface ThresholdDecisions {
  /** The table with the decision (missing where the score is missing). */
  readonly table: Table;
  /** Rows selected. */
  readonly selected: number;
  /** Rows decided by the fallback rule, because their group is small or was not seen at fitting. */
  readonly byFallback: number;
  /** Rows whose decision was left to chance: probability neither 0 nor 1. */
  readonly byChance: number;
  /** Rows without a decision, because the score is missing. */
  readonly leftOut: number;
}

/**
 * Decides rows by thresholds per group. Two rows alike may be decided differently where thresholds are mixed: `byChance`
 * says how many; keep the probabilities when decisions must be explained.
 *
 * @param table - Rows with the sensitive columns and the score.
 * @param thresholds - From {@link groupThresholds}.
 * @param options - See {@link ApplyGroupThresholdsOptions}.
 * @returns See {@link ThresholdDecisions}.
 * @throws {@link SynthproofError} `BAD_MODEL` for thresholds that are not of that form; `UNKNOWN_COLUMN`, `KIND_MISMATCH`,
 * `DUPLICATE_COLUMN`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [false, true, false, true]),
 *   numberColumn('score', [0.1, 0.3, 0.5, 0.9]),
 * ]);
 * const fitted = groupThresholds(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score', minN: 1 });
 * const done = applyGroupThresholds(rows, fitted, { rng: createRng('demo') });
 * [done.selected, done.byChance]; // => [2, 0]
 */
export function applyGroupThresholds(
  table: Table,
  thresholds: GroupThresholds,
  options: ApplyGroupThresholdsOptions,
): ThresholdDecisions {
  checkThresholds(thresholds);
  const { rng, column = 'decision', probability } = options;
  checkRng(rng, 'rng');
  const groups = indexGroups(table, thresholds.sensitive, []);
  const scores = encodeNumbers(columnOf(table, thresholds.score, 'score'), 'score');
  const byGroup = new Map(thresholds.rules.map((rule) => [rule.group, rule]));
  const ruleOf = new Map<number, ThresholdRule>();
  const decisions: (boolean | null)[] = [];
  const chances: (number | null)[] = [];
  let selected = 0;
  let byFallback = 0;
  let byChance = 0;
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const g = groups.index[i]!;
    let rule = ruleOf.get(g);
    if (rule === undefined) {
      const label = groupLabel(groups.codesOf(g).map((code, k) => groups.levels[k]![code]!));
      rule = byGroup.get(label) ?? thresholds.fallback;
      ruleOf.set(g, rule);
    }
    // Drawn for every row, so that a missing score shifts no other row's chance.
    const u = uniform(rng);
    const score = scores[i]!;
    if (Number.isNaN(score)) {
      leftOut++;
      decisions.push(null);
      chances.push(null);
      continue;
    }
    const mixed = passes(rule.lower, score) * (1 - rule.mix) + passes(rule.upper, score) * rule.mix;
    const p = rule.ignore * rule.chance + (1 - rule.ignore) * mixed;
    if (rule === thresholds.fallback) byFallback++;
    if (p > 0 && p < 1) byChance++;
    const yes = u < p;
    if (yes) selected++;
    decisions.push(yes);
    chances.push(p);
  }
  const added = [
    booleanColumn(column, decisions),
    ...(probability === undefined ? [] : [numberColumn(probability, chances)]),
  ];
  return { table: createTable([...table.columns, ...added]), selected, byFallback, byChance, leftOut };
}

function passes(rule: ScoreRule, score: number): number {
  return rule.select === 'all' || (rule.select === 'above' && score > rule.threshold) ? 1 : 0;
}

function checkThresholds(thresholds: GroupThresholds): void {
  const bad = (what: string): never => {
    throw new SynthproofError('BAD_MODEL', `thresholds: ${what}; pass what groupThresholds returned`, {
      argument: 'thresholds',
    });
  };
  if (thresholds?.kind !== 'group-thresholds' || thresholds.version !== 1)
    bad('expected kind group-thresholds, version 1');
  if (!Array.isArray(thresholds.rules) || !Array.isArray(thresholds.sensitive) || typeof thresholds.score !== 'string')
    bad('rules, sensitive or score is missing');
  const share = (x: unknown): boolean => typeof x === 'number' && x >= 0 && x <= 1;
  const known = (rule: ScoreRule | undefined): boolean =>
    rule?.select === 'all' || rule?.select === 'none' || (rule?.select === 'above' && Number.isFinite(rule.threshold));
  for (const rule of [...thresholds.rules, thresholds.fallback])
    if (
      typeof rule?.group !== 'string' ||
      !known(rule.lower) ||
      !known(rule.upper) ||
      !share(rule.mix) ||
      !share(rule.ignore) ||
      !share(rule.chance)
    )
      bad(`the rule of "${String(rule?.group)}" is broken`);
}

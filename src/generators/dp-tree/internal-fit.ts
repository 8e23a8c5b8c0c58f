import type { NoiseSource } from '../../dp/noise-source.ts';
import type { PrivacyLedger } from '../../dp/privacy-ledger.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import type { JobOptions } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import type { BudgetPlan } from './internal-budget.ts';
import { averageEstimates, fitMargins, projectToTotal } from './internal-consistency.ts';
import { readDomainStates } from './internal-domain.ts';
import { type Grouping, groupStates, sumGroups } from './internal-groups.ts';
import type { MatchedColumn } from './internal-match.ts';
import { addNoise, countStates, type NoisyCounts } from './internal-measure.ts';
import { chooseTree, type Edge, rootTree, type TreeColumn, toConditional } from './internal-tree.ts';
import type { DpColumnModel, DpTreeModel } from './model-types.ts';

/** Everything a fit decided before it looked at the data. */
export interface TreeSettings {
  readonly budget: BudgetPlan;
  readonly ledger: PrivacyLedger;
  readonly epsilon: number;
  readonly delta: number;
  readonly noise: NoiseSource;
  readonly publicRows: number | undefined;
  readonly maxCells: number;
}

/** Least weight of a state within its group, in standard deviations of the noise. */
const TRACE = 0.25;

/** A column through the steps of a fit. */
interface Measured extends TreeColumn {
  readonly position: number;
  readonly oneWay: NoisyCounts;
  readonly grouping: Grouping;
}

/** Measures one-way counts, chooses the tree, measures two-way counts, makes all consistent. */
export function measureTree(matched: readonly MatchedColumn[], settings: TreeSettings, job: JobOptions): DpTreeModel {
  const { budget, noise, publicRows } = settings;
  const inside = matched.flatMap(({ domain }, position) => (domain.states > 0 ? [position] : []));
  const step = (stage: string, done: number, total: number): void => {
    checkAbort(job.signal, 'fit');
    job.onProgress?.({ stage, done: done + 1, total });
  };
  const read = inside.map((position, done) => {
    step('one-way counts', done, inside.length);
    const { domain, column } = matched[position]!;
    const states = readDomainStates(domain, column);
    const oneWay = addNoise(countStates(domain.states, states, null), budget.oneWay, noise);
    return { position, states, oneWay };
  });
  const total = publicRows ?? estimateTotal(read.map(({ oneWay }) => oneWay));
  // All further arithmetic divides by the total.
  const scale = Math.max(1, total);
  const columns = read.map(({ position, states, oneWay }): Measured => {
    const bins = Math.max(0, matched[position]!.domain.edges.length - 1);
    const grouping = groupStates(oneWay.counts, oneWay.variance, bins, scale);
    const grouped = Int32Array.from(states, (state) => grouping.groups[state]!);
    const margin = projectToTotal(sumGroups(oneWay.counts, grouping), scale);
    return { position, states: grouped, size: grouping.size, margin, oneWay, grouping };
  });
  const edges =
    columns.length < 2
      ? []
      : chooseTree(
          columns,
          scale,
          { epsilon: budget.edge, sigma2: budget.twoWay, maxCells: settings.maxCells },
          noise,
          (done, of) => step('choice of the tree', done, of),
        );
  const twoWay = edges.map(([a, b], done) => {
    step('two-way counts', done, edges.length);
    return addNoise(countStates(columns[a]!.size, columns[a]!.states, columns[b]!), budget.twoWay, noise);
  });
  return seal(matched, columns, edges, twoWay, { ...settings, total, scale });
}

/** Rows, by the inverse-variance average of every column's noisy total; never below 0. */
function estimateTotal(tables: readonly NoisyCounts[]): number {
  let weight = 0;
  let total = 0;
  for (const { counts } of tables) {
    let own = 0;
    for (const count of counts) own += count;
    weight += 1 / counts.length;
    total += own / counts.length;
  }
  return weight === 0 ? 0 : Math.max(0, Math.round(total / weight));
}

/** The group counts that all tables holding a column agree on. */
function agree(
  column: Measured,
  columns: readonly Measured[],
  edges: readonly Edge[],
  twoWay: readonly NoisyCounts[],
  scale: number,
): Float64Array {
  const { grouping, oneWay, size } = column;
  const members = sumGroups(new Float64Array(oneWay.counts.length).fill(1), grouping);
  const estimates = [
    { counts: sumGroups(oneWay.counts, grouping), variances: members.map((states) => states * oneWay.variance) },
  ];
  edges.forEach(([a, b], e) => {
    if (columns[a] !== column && columns[b] !== column) return;
    const { counts, variance } = twoWay[e]!;
    const width = columns[b]!.size;
    const sums = new Float64Array(size);
    const first = columns[a] === column;
    for (let i = 0; i < counts.length; i++) sums[first ? Math.floor(i / width) : i % width]! += counts[i]!;
    estimates.push({ counts: sums, variances: new Float64Array(size).fill((counts.length / size) * variance) });
  });
  return projectToTotal(averageEstimates(estimates), scale);
}

function seal(
  matched: readonly MatchedColumn[],
  columns: readonly Measured[],
  edges: readonly Edge[],
  twoWay: readonly NoisyCounts[],
  settings: TreeSettings & { readonly total: number; readonly scale: number },
): DpTreeModel {
  const { budget, noise, scale } = settings;
  const margins = columns.map((column) => agree(column, columns, edges, twoWay, scale));
  const joint = edges.map(([a, b], e) => fitMargins(twoWay[e]!.counts, margins[a]!, margins[b]!, scale));
  const models = matched.map(
    ({ domain }): DpColumnModel => ({
      ...domain.shape,
      edges: domain.edges,
      missing: domain.missing,
      size: 0,
      groups: [],
      weights: [],
      tables: [],
    }),
  );
  const steps = rootTree(columns.length, edges);
  for (const { child, parent, edge } of steps) {
    const column = columns[child]!;
    const alone = toConditional([], 1, column.size, (_, state) => margins[child]![state]!);
    const tables = [alone];
    if (parent >= 0) {
      const table = joint[edge]!;
      const from = columns[parent]!;
      const weightOf = (group: number, state: number): number =>
        edges[edge]![0] === parent ? table[group * column.size + state]! : table[state * from.size + group]!;
      tables.unshift(toConditional([from.position], from.size, column.size, weightOf));
    }
    models[column.position] = {
      ...models[column.position]!,
      size: column.size,
      groups: Array.from(column.grouping.groups),
      weights: stateWeights(column),
      tables,
    };
  }
  const drawn = steps.map(({ child }) => columns[child]!.position);
  const nameOf = (column: number): string => matched[columns[column]!.position]!.column.name;
  const kept = models.filter((column) => column.role === 'kept').map((column) => column.name);
  const model = {
    kind: 'dp-tree' as const,
    version: 1 as const,
    embedsTrainingValues: false as const,
    claim: claimOf(settings, kept.length > 0),
    epsilon: settings.epsilon,
    delta: settings.delta,
    neighbours: 'add-remove-one-row' as const,
    noiseSource: noise.source,
    ledger: settings.ledger,
    columns: models,
    order: [...drawn, ...matched.flatMap((_, position) => (drawn.includes(position) ? [] : [position]))],
    report: {
      rows: settings.total,
      rowsFrom: settings.publicRows === undefined ? ('noisy' as const) : ('declared' as const),
      edges: edges.map(([a, b]) => [nameOf(a), nameOf(b)] as const),
      grouped: columns.flatMap(({ oneWay, size }, c) =>
        size < oneWay.counts.length ? [{ column: nameOf(c), states: oneWay.counts.length, groups: size }] : [],
      ),
      oneWayNoise: Math.sqrt(budget.oneWay),
      twoWayNoise: Math.sqrt(budget.twoWay),
      ...(kept.length > 0 ? { kept } : {}),
    },
  };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}

/**
 * How a group is shared out among its states: by their noisy counts where above 0, and a trace of the noise, so that each
 * declared state can occur.
 */
function stateWeights({ oneWay }: Measured): number[] {
  const trace = TRACE * Math.sqrt(oneWay.variance);
  return Array.from(oneWay.counts, (count) => Math.max(0, count) + trace);
}

function claimOf({ epsilon, delta, noise, publicRows }: TreeSettings, keeps: boolean): string {
  if (noise.source === 'seeded-unsafe')
    return 'no privacy claim: the noise can be made again from its seed, so that it can be subtracted';
  const given = publicRows === undefined ? 'the declared domain' : 'the declared domain and number of rows';
  const cover = keeps ? '; kept cells of a sample are real and not covered' : '';
  const claim = `(${epsilon}, ${delta})-DP with respect to add/remove of one row, given ${given}${cover}`;
  return noise.source === 'crypto' ? claim : `${claim}, if the noise of "${noise.source}" is cryptographic`;
}

import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import {
  columnShape,
  isNumericKind,
  type PlannedColumn,
  type PlanOptions,
  planColumns,
} from '../shared/internal-plan.ts';
import { prepareInformation, type Variable } from './internal-information.ts';
import { type NetworkStep, type SearchSettings, searchNetwork } from './internal-structure.ts';
import { countTable } from './internal-tables.ts';
import { type BinnedColumn, binColumn } from './internal-variables.ts';
import type { BayesianColumnModel, BayesianNetworkModel } from './model-types.ts';

/** Everything a fit decides, with defaults filled in. */
export interface NetworkSettings {
  readonly search: SearchSettings;
  readonly maxBins: number;
  readonly smoothing: number;
  readonly plan: PlanOptions;
}

/** Variables of columns that play no part, so that positions stay those of the table. */
const ABSENT: Variable = { codes: /* @__PURE__ */ new Int32Array(0), size: 1 };

/** Cuts columns into states, finds the network, counts its tables. */
export function fitNetwork(table: Table, settings: NetworkSettings, job: JobOptions): BayesianNetworkModel {
  const { columns, report } = planColumns(table, settings.plan);
  const binned = columns.map((planned) => binColumn(planned, settings.maxBins, settings.plan.minLeaf));
  const inside = columns.map((_, position) => position).filter((position) => binned[position] !== null);
  const kept = inside.filter((position) => columns[position]!.role === 'kept');
  const variables = binned.map((column) => column ?? ABSENT);
  const steps = searchNetwork(prepareInformation(variables, table.rowCount), inside, kept, {
    ...settings.search,
    onStep: (done, total) => {
      checkAbort(job.signal, 'fit');
      job.onProgress?.({ stage: 'fit', done: done + 1, total });
    },
  });
  const stepOf = new Map(steps.map((step) => [step.child, step]));
  const models = columns.map((planned, position) =>
    toColumnModel(planned, binned[position]!, stepOf.get(position), variables, settings.smoothing),
  );
  const drawn = new Set(steps.map((step) => step.child));
  const others = columns.flatMap(({ role }, position) => (role === 'kept' || drawn.has(position) ? [] : [position]));
  const names = columns.map((planned) => planned.column.name);
  const model = {
    kind: 'bayesian-network' as const,
    version: 1 as const,
    embedsTrainingValues: true as const,
    columns: models,
    order: [...steps.map((step) => step.child), ...others],
    report: {
      rows: table.rowCount,
      ...report,
      bins: models.flatMap((column) => binReport(column)),
      network: steps.map(({ child, parents, score }) => ({
        column: names[child]!,
        parents: parents.map((parent) => names[parent]!),
        information: score,
      })),
    },
  };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}

function toColumnModel(
  planned: PlannedColumn,
  binned: BinnedColumn | null,
  step: NetworkStep | undefined,
  variables: readonly Variable[],
  smoothing: number,
): BayesianColumnModel {
  const numeric = binned !== null && binned.bins.length > 0 && isNumericKind(planned.column.kind);
  const kept = planned.role === 'kept';
  const values = numeric ? Array.from(planned.encoded!.values) : [];
  const bins = numeric ? binned.bins : [];
  return {
    // Kept columns are read, not drawn: the lowest value of each bin tells the states apart.
    ...columnShape(planned, numeric && kept ? bins.slice(0, -1).map((start) => values[start]!) : values),
    counts: numeric && !kept ? Array.from(binned.counts) : [],
    bins: kept ? bins.map((_, b) => b) : [...bins],
    states: binned?.size ?? 0,
    missing: binned?.missing ?? false,
    tables: step && binned ? tablesOf(binned, step, variables, smoothing) : [],
  };
}

/** From all parents down to none, the least informative parent left out first. */
function tablesOf(child: Variable, step: NetworkStep, variables: readonly Variable[], smoothing: number) {
  const tables = [];
  for (let count = step.parents.length; count >= 0; count--) {
    const parents = step.parents.slice(0, count);
    tables.push(
      countTable(
        child,
        parents.map((parent) => variables[parent]!),
        parents,
        smoothing,
      ),
    );
  }
  return tables;
}

function binReport(column: BayesianColumnModel): BayesianNetworkModel['report']['bins'][number][] {
  const { name, bins, counts } = column;
  if (counts.length === 0) return [];
  let smallestBin = Number.MAX_SAFE_INTEGER;
  for (let b = 0; b + 1 < bins.length; b++) {
    let rows = 0;
    for (let v = bins[b]!; v < bins[b + 1]!; v++) rows += counts[v]!;
    smallestBin = Math.min(smallestBin, rows);
  }
  return [{ column: name, bins: bins.length - 1, smallestBin }];
}

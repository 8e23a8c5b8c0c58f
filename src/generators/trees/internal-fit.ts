import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import type { JobOptions, Table } from '../../types.ts';
import type { ColumnModel, FitReport, TreeBasedModel, TreeModel } from '../model-types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { columnShape, isNumericKind, type PlannedColumn, planColumns } from '../shared/internal-plan.ts';
import type { EncodedColumn, GrowLimits } from '../shared/internal-predictor.ts';
import { isSmooth } from '../shared/internal-quantile-curve.ts';
import { cellWords, fraction } from '../shared/internal-uniform.ts';
import { growTree } from './internal-grow.ts';
import { leafSizes, toTreeModel } from './internal-leaves.ts';
import { pruneByError } from './internal-prune.ts';
import { classTarget, valueTarget } from './internal-target.ts';

/** Everything a fit decides, with defaults filled in. */
export interface FitSettings {
  readonly limits: GrowLimits;
  readonly rareLevelMin: number;
  readonly identifiers: readonly string[];
  readonly measurements: readonly string[];
  readonly synthesize: readonly string[];
  readonly numericSplit: 'value' | 'rank';
  readonly prune: 'none' | 'error';
  readonly smoothing: 'none' | 'interpolate' | 'auto';
  /** Key of the bootstrap before each tree; null fits the rows as they are. */
  readonly bootstrap: Uint32Array | null;
  /** Whether columns predict later ones. */
  readonly sequential: boolean;
  /** Names of synthesised columns in visiting order, chosen from the planned columns. */
  readonly order: (columns: readonly PlannedColumn[]) => readonly string[];
}

/** The fields of a tree-based model that a fit makes; `digest` covers them together with kind and version. */
export type FittedParts = Omit<TreeBasedModel, 'kind' | 'version' | 'digest'>;

/** Fits the trees of all synthesised columns. */
export function fitTrees(table: Table, settings: FitSettings, job: JobOptions): FittedParts {
  const { limits } = settings;
  const { columns, report } = planColumns(table, { ...settings, minLeaf: limits.minLeaf });
  const order = settings.order(columns).map((name) => columns.findIndex((planned) => planned.column.name === name));
  const predictors: EncodedColumn[] = [];
  if (settings.sequential)
    for (const planned of columns) if (planned.role === 'kept' && planned.encoded) predictors.push(planned.encoded);
  const models = columns.map((planned) => toColumnModel(planned, settings, null, null));
  const trees: FitReport['trees'][number][] = [];
  for (let step = 0; step < order.length; step++) {
    checkAbort(job.signal, 'fit');
    const position = order[step]!;
    const planned = columns[position]!;
    const fitted = fitColumn(planned, position, predictors, table.rowCount, settings);
    models[position] = toColumnModel(planned, settings, fitted.missing, fitted.value);
    if (fitted.value) trees.push({ column: planned.column.name, ...leafSizes(fitted.value) });
    if (settings.sequential && planned.role === 'modelled') predictors.push(planned.encoded!);
    job.onProgress?.({ stage: 'fit', done: step + 1, total: order.length });
  }
  return {
    embedsTrainingValues: true,
    columns: models,
    order,
    report: {
      rows: table.rowCount,
      ...report,
      smoothed: models.filter((column) => column.smooth > 0).map((column) => column.name),
      trees,
    },
  };
}

/** Adds kind, version and the digest that keys every draw. */
export function sealModel<Kind extends string>(
  kind: Kind,
  parts: FittedParts,
): FittedParts & { readonly kind: Kind; readonly version: 1; readonly digest: string } {
  const model = { kind, version: 1 as const, ...parts };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}

function fitColumn(
  planned: PlannedColumn,
  position: number,
  predictors: readonly EncodedColumn[],
  rowCount: number,
  settings: FitSettings,
): { missing: TreeModel | null; value: TreeModel | null } {
  const { limits } = settings;
  const sorted = [...predictors].sort((a, b) => a.column - b.column);
  let missing: TreeModel | null = null;
  if (planned.missing) {
    const everyRow = resample(
      Int32Array.from({ length: rowCount }, (_, i) => i),
      settings.bootstrap,
      position,
      1,
    );
    const grown = growTree(sorted, classTarget(planned.missing, 2), everyRow, rowCount, limits);
    missing = toTreeModel(grown, planned.missing);
  }
  if (planned.role !== 'modelled') return { missing, value: null };
  const encoded = planned.encoded!;
  const rows = resample(observedRows(encoded), settings.bootstrap, position, 0);
  const target = valueTarget(encoded, rows, settings.numericSplit);
  const grown = growTree(sorted, target, rows, rowCount, limits);
  const kept = settings.prune === 'error' && !encoded.numeric ? pruneByError(grown, encoded, limits.complexity) : grown;
  return { missing, value: toTreeModel(kept, encoded.codes) };
}

/** As many rows drawn with replacement, for one tree (0: of the values, 1: of the missing indicator), when a bootstrap is asked for. */
function resample(rows: Int32Array, key: Uint32Array | null, position: number, tree: number): Int32Array {
  if (key === null) return rows;
  const words = new Uint32Array(4);
  const drawn = new Int32Array(rows.length);
  for (let i = 0; i < drawn.length; i++) {
    cellWords(key, tree, position, i, words);
    drawn[i] = rows[Math.floor(fraction(words[0]!, words[1]!) * rows.length)]!;
  }
  return drawn;
}

function observedRows({ codes, size }: EncodedColumn): Int32Array {
  const rows = new Int32Array(codes.length);
  let n = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] !== size) rows[n++] = i;
  return rows.slice(0, n);
}

function toColumnModel(
  planned: PlannedColumn,
  settings: FitSettings,
  missing: TreeModel | null,
  value: TreeModel | null,
): ColumnModel {
  const { column, role, encoded } = planned;
  const drawn = role === 'modelled' && isNumericKind(column.kind);
  return {
    ...columnShape(planned, drawn ? Array.from(encoded!.values) : []),
    smooth: drawn && isSmooth(encoded!, settings.smoothing) ? settings.limits.minLeaf : 0,
    missing,
    value,
  };
}

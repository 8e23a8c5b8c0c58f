import { clipCorrelation } from '../../stats/clip-correlation.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { columnShape, type PlannedColumn, planColumns } from '../shared/internal-plan.ts';
import type { CopulaColumn, CopulaMarginal, CopulaModel, CopulaReport, StepsMarginal } from './copula-types.ts';
import { gridOf } from './internal-compile.ts';
import { pairwiseCorrelation } from './internal-correlation.ts';
import { type Latent, makeLatent, midRankScores } from './internal-latent.ts';
import { latentCorrelation } from './internal-latent-correlation.ts';
import { orderLevels } from './internal-level-order.ts';
import { empiricalSteps, knotSteps } from './internal-marginal.ts';

/** Everything a fit decides, with defaults filled in and checked. */
export interface CopulaSettings {
  readonly marginal: 'knots' | 'empirical' | 'normal';
  readonly latent: 'midrank' | 'polychoric';
  readonly knots: number;
  readonly minCell: number;
  readonly rareLevelMin: number;
  readonly identifiers: readonly string[];
  readonly measurements: readonly string[];
  readonly synthesize: readonly string[];
  /** Column that nominal levels are ordered by, or null. */
  readonly target: string | null;
  /** Declared order of levels by column name. */
  readonly ordinal: ReadonlyMap<string, readonly string[]>;
}

/** The fields of a model that a fit makes; `digest` covers them together with kind and version. */
export type CopulaParts = Omit<CopulaModel, 'kind' | 'version' | 'digest'>;

/** Largest size of a normal score: the quantile at 2^-23, where Copulas clips. */
const SCORE_LIMIT = 5.1665781197287535;

/** Eigenvalues are lifted to this: enough for a safe Cholesky factor. */
const EIGENVALUE_FLOOR = 1e-8;

/** A numeric column is read as ordered classes by the polychoric option when one value holds this share of its rows. */
const HEAPED_SHARE = 0.2;

/** A column that takes part in the copula. */
interface Part {
  readonly planned: PlannedColumn;
  readonly position: number;
  /** Codes in latent order, for levels. */
  order: readonly number[];
  /** Rows of each code. */
  readonly counts: Float64Array;
  readonly nominal: boolean;
  readonly latent: number;
  /** 1 for each missing row; null when none is missing or it does not matter. */
  readonly missing: Int32Array | null;
  readonly missingLatent: number;
  readonly missingRows: number;
}

/** Fits marginals and correlation. */
export function fitLatent(table: Table, settings: CopulaSettings, job: JobOptions): CopulaParts {
  const step = (done: number): void => {
    checkAbort(job.signal, 'fit');
    job.onProgress?.({ stage: 'fit', done, total: 3 });
  };
  step(0);
  const plan = planColumns(table, { ...settings, minLeaf: settings.minCell });
  const parts: Part[] = [];
  let size = 0;
  for (const [position, planned] of plan.columns.entries()) {
    const valued = planned.role === 'modelled' || tellsValues(planned, settings.minCell);
    const missing = planned.missing ?? keptMissing(planned);
    const missingRows = missing ? countOnes(missing) : 0;
    if (!valued && missingRows === 0) continue;
    const counts = valued ? countCodes(planned) : new Float64Array(0);
    const { order, nominal } = valued ? firstOrder(planned, counts, settings) : { order: [], nominal: false };
    const latent = valued ? size++ : -1;
    const missingLatent = missingRows > 0 ? size++ : -1;
    parts.push({ planned, position, order, counts, nominal, latent, missing, missingLatent, missingRows });
  }
  const latents: Latent[] = [];
  for (const part of parts) {
    if (part.latent >= 0) latents.push(valueLatent(part, settings));
    if (part.missingLatent >= 0) latents.push(missingLatent(part));
  }
  step(1);
  const ordered = orderNominal(parts, latents, settings);
  step(2);
  const { matrix, unseen } =
    settings.latent === 'polychoric' ? latentCorrelation(latents) : pairwiseCorrelation(latents);
  const shrinkage = table.rowCount < size ? shrink(matrix, table.rowCount) : 0;
  const repaired =
    size > 0 ? clipCorrelation(matrix, { floor: EIGENVALUE_FLOOR }) : { matrix, lifted: 0, largestChange: 0 };
  const marginals: CopulaReport['marginals'][number][] = [];
  const columns = plan.columns.map((planned, position) => {
    const part = parts.find((one) => one.position === position);
    const marginal = part && part.latent >= 0 ? marginalOf(part, settings) : null;
    if (marginal?.kind === 'steps') marginals.push(describe(planned, marginal, settings));
    return toColumn(planned, part, marginal);
  });
  step(3);
  return {
    embedsTrainingValues: holdsSingleRows(parts, settings),
    rows: table.rowCount,
    columns,
    correlation: Array.from(repaired.matrix),
    report: {
      rows: table.rowCount,
      ...plan.report,
      marginals,
      ordered,
      pairsUnseen: unseen,
      eigenvaluesLifted: repaired.lifted,
      largestChange: repaired.largestChange,
      shrinkage,
    },
  };
}

/** Whether a kept column's values vary among enough rows to tell of other columns. */
function tellsValues(planned: PlannedColumn, minCell: number): boolean {
  if (planned.role !== 'kept' || !planned.encoded) return false;
  let values = 0;
  let rows = 0;
  for (const count of countCodes(planned)) {
    values += count > 0 ? 1 : 0;
    rows += count;
  }
  return values > 1 && (!planned.encoded.numeric || rows >= minCell);
}

/** Missing rows of a kept column, where some are missing and some are not. */
function keptMissing({ role, encoded }: PlannedColumn): Int32Array | null {
  if (role !== 'kept' || !encoded) return null;
  const flags = encoded.codes.map((code) => (code === encoded.size ? 1 : 0));
  return flags.includes(1) && flags.includes(0) ? flags : null;
}

function countOnes(flags: Int32Array): number {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i]!;
  return count;
}

function countCodes(planned: PlannedColumn): Float64Array {
  const { codes, size } = planned.encoded!;
  const counts = new Float64Array(size + 1);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  return counts.subarray(0, size);
}

/** Levels as declared, or most frequent first until the other columns are known. */
function firstOrder(
  planned: PlannedColumn,
  counts: Float64Array,
  settings: CopulaSettings,
): { order: readonly number[]; nominal: boolean } {
  if (planned.encoded!.numeric) return { order: [], nominal: false };
  const present = Array.from(counts.keys()).filter((code) => counts[code]! > 0);
  const declared = settings.ordinal.get(planned.column.name);
  if (declared) {
    // A pooled level stands last: its rows come from anywhere.
    const place = (code: number): number => {
      const at = declared.indexOf(planned.labels[code]!);
      return at < 0 ? declared.length : at;
    };
    return { order: present.sort((a, b) => place(a) - place(b)), nominal: false };
  }
  if (present.length <= 2) return { order: present, nominal: false };
  return { order: present.sort((a, b) => counts[b]! - counts[a]! || a - b), nominal: true };
}

function valueLatent(part: Part, settings: CopulaSettings): Latent {
  const { planned, counts, order, position } = part;
  const { codes, size, numeric, values } = planned.encoded!;
  const place = { column: position, indicator: false };
  if (!numeric) {
    const rank = new Int32Array(size + 1).fill(-1);
    for (let k = 0; k < order.length; k++) rank[order[k]!] = k;
    const ranked = Float64Array.from(order, (code) => counts[code]!);
    const classes = codes.map((code) => rank[code]!);
    return makeLatent({ ...place, discrete: true }, classes, ranked, midRankScores(ranked));
  }
  let most = 0;
  let rows = 0;
  for (let k = 0; k < size; k++) {
    most = Math.max(most, counts[k]!);
    rows += counts[k]!;
  }
  const classes = codes.map((code) => (code === size ? -1 : code));
  const discrete = settings.marginal !== 'normal' && most >= HEAPED_SHARE * rows;
  const scores = settings.marginal === 'normal' ? normalMarginalScores(values, counts) : midRankScores(counts);
  return makeLatent({ ...place, discrete }, classes, counts, scores);
}

function missingLatent({ missing, position, missingRows }: Part): Latent {
  const codes = missing!;
  const counts = Float64Array.of(codes.length - missingRows, missingRows);
  return makeLatent({ column: position, indicator: true, discrete: true }, codes, counts, midRankScores(counts));
}

/**
 * Puts the levels of nominal columns in order, the target's first, each by the scores that the others have by then; names of
 * those that found one.
 */
function orderNominal(parts: readonly Part[], latents: Latent[], settings: CopulaSettings): string[] {
  const isTarget = (part: Part): boolean => part.planned.column.name === settings.target;
  const target = parts.find((part) => isTarget(part) && part.latent >= 0);
  const nominal = parts.filter((part) => part.nominal && part.latent >= 0);
  nominal.sort((a, b) => Number(isTarget(b)) - Number(isTarget(a)));
  const found: string[] = [];
  for (const part of nominal) {
    const others = latents.filter((latent) => latent.column !== part.position);
    if (others.length === 0) continue;
    const { codes, size } = part.planned.encoded!;
    const order = orderLevels(codes, size, others, target && target !== part ? latents[target.latent] : undefined);
    if (order === null) continue;
    found.push(part.planned.column.name);
    part.order = order;
    latents[part.latent] = valueLatent(part, settings);
  }
  return found;
}

/** Ledoit-Wolf towards the identity for correlations: a = sum of variances over sum of squares (Schaefer and Strimmer 2005). */
function shrink(matrix: Float64Array, rows: number): number {
  const d = Math.round(Math.sqrt(matrix.length));
  let variances = 0;
  let squares = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const r = matrix[i * d + j]!;
      variances += ((1 - r * r) * (1 - r * r)) / Math.max(1, rows - 1);
      squares += r * r;
    }
  }
  const share = squares > 0 ? Math.min(1, variances / squares) : 0;
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) if (i !== j) matrix[i * d + j]! *= 1 - share;
  return share;
}

function momentsOf(values: Float64Array, counts: Float64Array): { mean: number; deviation: number } {
  let rows = 0;
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    rows += counts[k]!;
    sum += counts[k]! * values[k]!;
  }
  const mean = sum / rows;
  let square = 0;
  for (let k = 0; k < values.length; k++) square += counts[k]! * (values[k]! - mean) * (values[k]! - mean);
  return { mean, deviation: Math.sqrt(square / rows) };
}

function normalMarginalScores(values: Float64Array, counts: Float64Array): Float64Array {
  const { mean, deviation } = momentsOf(values, counts);
  return values.map((value) => Math.max(-SCORE_LIMIT, Math.min(SCORE_LIMIT, (value - mean) / deviation)));
}

function marginalOf(part: Part, settings: CopulaSettings): CopulaMarginal {
  const { planned, counts, order } = part;
  const { numeric, values } = planned.encoded!;
  if (!numeric) {
    const ends: number[] = [];
    let below = 0;
    for (const code of order) {
      below += counts[code]!;
      ends.push(below);
    }
    return { kind: 'levels', codes: order, ends };
  }
  // One value alone is a spike, no normal.
  if (settings.marginal === 'normal' && values.length > 1) return { kind: 'normal', ...momentsOf(values, counts) };
  if (settings.marginal === 'empirical') return empiricalSteps(values, counts);
  return knotSteps(values, counts, { ...settings, grid: gridOf(planned) });
}

function describe(
  planned: PlannedColumn,
  marginal: StepsMarginal,
  settings: CopulaSettings,
): CopulaReport['marginals'][number] {
  const { ends, low, high } = marginal;
  let spikes = 0;
  let rowsBehind = Number.POSITIVE_INFINITY;
  for (let k = 0; k < ends.length; k++) {
    const rows = ends[k]! - (ends[k - 1] ?? 0);
    if (low[k] !== high[k] || (settings.marginal === 'knots' && rows < settings.minCell)) continue;
    spikes++;
    rowsBehind = Math.min(rowsBehind, rows);
  }
  const pieces = ends.length - spikes;
  if (pieces > 0) rowsBehind = Math.min(rowsBehind, settings.minCell);
  return { column: planned.column.name, spikes, pieces, rowsBehind };
}

/** Whether a value or label of a single row is in the model. */
function holdsSingleRows(parts: readonly Part[], settings: CopulaSettings): boolean {
  return parts.some(({ planned, counts, latent }) => {
    if (latent < 0) return false;
    if (planned.encoded!.numeric)
      return (
        settings.marginal === 'empirical' ||
        (settings.minCell < 2 && (settings.marginal === 'knots' || counts.length < 2))
      );
    return counts.some((rows, code) => rows === 1 && code !== planned.pooledCode);
  });
}

function toColumn(planned: PlannedColumn, part: Part | undefined, marginal: CopulaMarginal | null): CopulaColumn {
  return {
    ...columnShape(planned, []),
    marginal,
    latent: part?.latent ?? -1,
    missingLatent: part?.missingLatent ?? -1,
    missingRows: part?.missingRows ?? 0,
  };
}

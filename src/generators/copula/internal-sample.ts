import { SynthproofError } from '../../errors.ts';
import { cholesky } from '../../math/cholesky.ts';
import type { Column } from '../../types.ts';
import { constantColumn, identifierColumn, missingColumn, valueColumn } from '../shared/internal-output.ts';
import type { CopulaColumn, CopulaModel } from './copula-types.ts';
import { compileLevels, compileMissing, compileSteps, fillValues, roundCells, type Steps } from './internal-compile.ts';

/** Rows drawn at a time: their scores stay in the processor's cache. */
export const BLOCK_ROWS = 512;

/** A model made ready for drawing. */
export interface CompiledCopula {
  readonly model: CopulaModel;
  /** Number of latent variables. */
  readonly latents: number;
  /** Quantile function by latent; null for a normal marginal. */
  readonly steps: readonly (Steps | null)[];
}

/** Thresholds of every latent variable. */
export function compileModel(model: CopulaModel): CompiledCopula {
  const latents = Math.round(Math.sqrt(model.correlation.length));
  const steps: (Steps | null)[] = new Array<Steps | null>(latents).fill(null);
  for (const column of model.columns) {
    const { marginal } = column;
    if (column.missingLatent >= 0) steps[column.missingLatent] = compileMissing(column.missingRows, model.rows);
    if (marginal?.kind === 'levels') steps[column.latent] = compileLevels(marginal.codes, marginal.ends);
    if (marginal?.kind === 'steps') steps[column.latent] = compileSteps(marginal);
  }
  return { model, latents, steps };
}

/** Lower Cholesky factor; `BAD_MODEL` when the correlations are none. */
export function factorOf(correlation: ArrayLike<number>): Float64Array {
  if (correlation.length === 0) return new Float64Array(0);
  const lower = cholesky(correlation);
  if (lower === null)
    throw new SynthproofError(
      'BAD_MODEL',
      'model: its correlations are not positive definite; pass the result of fitCopula unchanged',
      { argument: 'model' },
    );
  return lower;
}

/** Expected probability of a latent variable's class; a continuous one has none. */
export function concentrations({ model, latents }: CompiledCopula): Float64Array {
  const out = new Float64Array(latents);
  for (const { marginal, latent, missingLatent, missingRows } of model.columns) {
    const share = missingRows / model.rows;
    if (missingLatent >= 0) out[missingLatent] = share * share + (1 - share) * (1 - share);
    if (marginal === null || marginal.kind === 'normal') continue;
    const { ends } = marginal;
    const total = ends[ends.length - 1]!;
    for (let k = 0; k < ends.length; k++) {
      const part = (ends[k]! - (ends[k - 1] ?? 0)) / total;
      out[latent]! += part * part;
    }
  }
  return out;
}

/** Drawn cells of a block of rows, before rounding. */
export interface Drawn {
  /** Values or codes by column; empty where nothing is drawn. */
  readonly values: readonly Float64Array[];
  /** Missing flags by column; null where none is drawn. */
  readonly absent: readonly (Uint8Array | null)[];
}

/** Room for the drawn cells. */
export function makeDrawn(model: CopulaModel, rows: number): Drawn {
  return {
    values: model.columns.map((column) => new Float64Array(column.latent >= 0 ? rows : 0)),
    absent: model.columns.map((column) => (column.missingLatent >= 0 ? new Uint8Array(rows) : null)),
  };
}

/** Turns scores `z[latent * n + i]` into the cells of rows `at` to `at + n - 1`. */
export function fillCells(out: Drawn, at: number, compiled: CompiledCopula, z: Float64Array, n: number): void {
  const { model, steps } = compiled;
  const flags = new Float64Array(n);
  for (let c = 0; c < model.columns.length; c++) {
    const { latent, missingLatent, marginal } = model.columns[c]!;
    if (latent >= 0) {
      const compiledSteps = steps[latent];
      const values = out.values[c]!;
      if (compiledSteps) fillValues(values, at, compiledSteps, z, latent * n, n);
      else if (marginal?.kind === 'normal')
        for (let i = 0; i < n; i++) values[at + i] = marginal.mean + marginal.deviation * z[latent * n + i]!;
    }
    if (missingLatent >= 0) {
      fillValues(flags, 0, steps[missingLatent]!, z, missingLatent * n, n);
      const absent = out.absent[c]!;
      for (let i = 0; i < n; i++) absent[at + i] = flags[i]!;
    }
  }
}

/** The columns of a sample; the kept ones as they are. */
export function finishColumns(
  model: CopulaModel,
  drawn: Drawn,
  rows: number,
  offset: number,
  kept: ReadonlyMap<number, Column>,
): Column[] {
  return model.columns.map((column, c) => {
    const real = kept.get(c);
    if (real) return real;
    if (column.role === 'constant') return constantColumn(column, rows);
    if (column.role === 'allMissing') return missingColumn(column, rows);
    const absent = drawn.absent[c]!;
    if (column.role === 'identifier') return identifierColumn(column, rows, offset, absent);
    return finishModelled(column, drawn.values[c]!, absent);
  });
}

function finishModelled(column: CopulaColumn, values: Float64Array, absent: Uint8Array | null): Column {
  roundCells(values, column);
  const numeric = column.kind !== 'category' && column.kind !== 'boolean';
  if (absent && numeric) for (let i = 0; i < values.length; i++) if (absent[i] === 1) values[i] = Number.NaN;
  return valueColumn(column, values, absent);
}

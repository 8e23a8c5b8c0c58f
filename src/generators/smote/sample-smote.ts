import { deriveKey } from '../../random/derive-key.ts';
import type { Column, JobOptions, SampleOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import {
  constantColumn,
  identifierColumn,
  missingColumn,
  roundLikeSource,
  valueColumn,
} from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { cellWords, checkSampleOptions, fraction } from '../shared/internal-uniform.ts';
import { checkSmoteModel, missingOf } from './internal-check-model.ts';
import type { SmoteColumn, SmoteModel } from './smote-types.ts';

/** Where each drawn row lies: at `share` of the way from row `base` to row `towards` of the class. */
interface Places {
  readonly base: Int32Array;
  readonly towards: Int32Array;
  readonly share: Float64Array;
}

/**
 * Draws rows of a class from a model made by {@link fitSmote}: a random row of the class, a random one of its k neighbours,
 * and a random point of the segment between them. Numbers are rounded as in the source; categories are the most
 * frequent ones of the k neighbours.
 *
 * Row i takes its random words from a counter made of i (Threefry4x32-20 keyed by seed and model), so it depends only on the
 * model, the seed and i: any split into shards, in any order, gives the same rows. Identifier columns hold placeholders
 * that count rows from 1.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - Rows, seed, offset; progress and abort.
 * @returns A table with the source's columns, kinds and order; the target is the class in every row.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset), `OUT_OF_RANGE`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const table = fromColumns({ fraud: ['no', 'no', 'no', 'yes', 'yes'], amount: [1, 2, 2, 10, 20] });
 * const model = fitSmote(table, { target: 'fraud', k: 1 });
 * toRecords(sampleSmote(model, { rows: 9, seed: 'demo' })).every((row) => row.fraud === 'yes' && row.amount >= 10); // => true
 */
export function sampleSmote(model: SmoteModel, options: SampleOptions & JobOptions): Table {
  checkSmoteModel(model);
  const offset = checkSampleOptions(options);
  const { rows, seed } = options;
  const key = deriveKey(seed, `smote/1/sample/${model.digest}`);
  const places = drawPlaces(model, key, offset, rows);
  const total = model.columns.length;
  const columns = model.columns.map((column, position) => {
    checkAbort(options.signal, 'sample');
    const drawn = drawColumn(column, places, rows, offset);
    options.onProgress?.({ stage: 'sample', done: position + 1, total });
    return drawn;
  });
  return { rowCount: rows, columns };
}

function drawPlaces({ neighbours, k, columns }: SmoteModel, key: Uint32Array, offset: number, rows: number): Places {
  const classRows = neighbours.length / k;
  const base = new Int32Array(rows);
  const towards = new Int32Array(rows);
  const share = new Float64Array(rows);
  const words = new Uint32Array(4);
  for (let i = 0; i < rows; i++) {
    cellWords(key, 0, columns.length, offset + i, words);
    base[i] = Math.floor(fraction(words[0]!, words[1]!) * classRows);
    towards[i] = neighbours[base[i]! * k + Math.floor(fraction(words[2]!, words[3]!) * k)]!;
    cellWords(key, 1, columns.length, offset + i, words);
    share[i] = fraction(words[0]!, words[1]!);
  }
  return { base, towards, share };
}

function drawColumn(column: SmoteColumn, places: Places, rows: number, offset: number): Column {
  const { cells, modes, values } = column;
  if (column.role === 'constant') return constantColumn(column, rows);
  if (column.role === 'allMissing') return missingColumn(column, rows);
  if (cells.length === 0) return identifierColumn(column, rows, offset, null);
  const numeric = column.role === 'modelled' && isNumericKind(column.kind);
  const missing = missingOf(column);
  const out = new Float64Array(rows);
  const absent = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const base = places.base[i]!;
    const cell = modes.length > 0 ? modes[base]! : cells[base]!;
    if (cell === missing) {
      absent[i] = 1;
      out[i] = numeric ? Number.NaN : missing;
    } else if (numeric) {
      const other = cells[places.towards[i]!]!;
      // Towards a gap there is no way to go.
      out[i] = other === missing ? values[cell]! : between(column, values[cell]!, values[other]!, places.share[i]!);
    } else out[i] = cell;
  }
  return column.role === 'identifier'
    ? identifierColumn(column, rows, offset, absent)
    : valueColumn(column, out, absent);
}

/** A point between two values, rounded as the source's cells are, never outside of them. */
function between(column: SmoteColumn, from: number, to: number, share: number): number {
  // Weighted ends, so that a gap from -1e308 to 1e308 does not overflow.
  const value = roundLikeSource(column, from * (1 - share) + to * share);
  return Math.min(Math.max(from, to), Math.max(Math.min(from, to), value)) + 0;
}

import { SynthproofError } from '../errors.ts';
import { LN10 } from '../math/constants.ts';
import { exp } from '../math/exp.ts';
import { log10 } from '../math/log10.ts';
import type { JobOptions, Table } from '../types.ts';
import { deriveTableKeys } from './derive-table-keys.ts';
import { checkPlan } from './internal-check-plan.ts';
import { combCounts } from './internal-comb-counts.ts';
import { contextText } from './internal-context-index.ts';
import { LayerSum } from './internal-layer-sum.ts';
import { layoutChannels } from './internal-layout.ts';
import { createLabelPrf, fillSigns, type LabelPrf } from './internal-prf.ts';
import { codeTable, scanBlocks } from './internal-scan.ts';
import { combWeights, fillContrastWeights } from './internal-weights.ts';
import type { TableMarkColumn, TableMarkPlan } from './table-mark-plan.ts';
import type { TableMarkLayer, TableMarkVerdict } from './table-mark-verdict.ts';

/** Options of {@link detectTableMark}. */
export interface DetectTableMarkOptions extends JobOptions {
  /** Master key, 16 bytes or more; secret. */
  readonly key: Uint8Array;
  /** Keys, plans or tables tried in all, this one included, 1 or more. Default 1. */
  readonly hypotheses?: number | undefined;
  /** The decision says `marked` at a p-value of at most this, above 0 and below 1. Default 1e-6. */
  readonly alpha?: number | undefined;
}

/** Fewer units than this are no test. */
const LEAST_UNITS = 30;
const METHOD =
  'unit-sign test: min(1, 3 x hypotheses x min over layers of min(Bentkus-Dzindzalieta bound, Chernoff bound))';

/**
 * Tests whether a table, or a part of it, carries the mark of a plan and a key.
 *
 * Rows are counted in keyed units (bin of a carrier x values of its context columns, and narrow bins of fine-grained
 * numbers). Each unit weighs by how far its count is from what the margins expect, and has a sign that only the key
 * knows; V = sum of sign x weight, z = V / sqrt(sum of weight^2). The p-value is an upper bound: for any table fixed
 * independently of the key, P(p <= alpha) <= alpha over the key (HMAC modelled as random), whatever its ties, rounding
 * or dependence. It says nothing about tables built with access to the key or to this detector's answers.
 * The order of rows and columns changes no bit of the result; cells that went through CSV or another tool are
 * read by name and canonical text. A suspect table of any shape gives a verdict, never an error.
 *
 * @param table - The suspect table.
 * @param plan - The release's plan.
 * @param options - See {@link DetectTableMarkOptions}.
 * @returns The verdict; it holds no key.
 * @throws {@link SynthproofError} `BAD_KEY`; `BAD_RECORD` for what is no plan; `OUT_OF_RANGE` for alpha or hypotheses; `ABORTED`.
 * @example
 * const pool = fromRecords(Array.from({ length: 4000 }, (_, i) => ({ a: (i * 7919) % 613, b: (i * 104729) % 499 })));
 * const plan = planTableMark(pool, { tableId: 'release-1', rows: 1000 });
 * const key = fromHex('000102030405060708090a0b0c0d0e0f');
 * const marked = selectMarkedRows(pool, plan, { key, candidates: 4 });
 * detectTableMark(marked.table, plan, { key }).decision; // => 'marked'
 * detectTableMark(pool, plan, { key }).decision; // => 'not-detected'
 */
export function detectTableMark(table: Table, plan: TableMarkPlan, options: DetectTableMarkOptions): TableMarkVerdict {
  checkPlan(plan);
  const { key, hypotheses = 1, alpha = 1e-6, onProgress, signal } = options;
  if (!(alpha > 0 && alpha < 1))
    throw new SynthproofError('OUT_OF_RANGE', `alpha: expected a number above 0 and below 1, received ${alpha}`, {
      argument: 'alpha',
    });
  if (!(hypotheses >= 1) || !Number.isFinite(hypotheses))
    throw new SynthproofError('OUT_OF_RANGE', `hypotheses: expected 1 or more, received ${hypotheses}`, {
      argument: 'hypotheses',
    });
  const keys = deriveTableKeys(key, plan.tableId);
  const coded = codeTable(table, plan);
  const prf = createLabelPrf(keys.colour);
  const digest = new Uint8Array(32);
  const used = new Uint8Array(table.rowCount);
  const { kappa } = plan.parameters;

  const context = new LayerSum();
  let signs = new Int8Array(4096);
  let counts = new Int32Array(4096);
  let weights = new Float64Array(4096);
  const scan = scanBlocks(
    layoutChannels(plan, keys.layout),
    coded,
    table.rowCount,
    (channel, block, rows, length, base, index) => {
      const { bins, binOf } = channel;
      const cells = index.count * bins;
      if (counts.length < cells) {
        signs = new Int8Array(2 * cells);
        counts = new Int32Array(2 * cells);
        weights = new Float64Array(2 * cells);
      }
      // Contexts in the order of their codes, not of the rows: the sums then come out the same to the bit.
      const codes = index.codes.slice(0, index.count).sort();
      const rank = rankOf(index.codes, index.count, codes);
      counts.fill(0, 0, cells);
      for (let i = 0; i < length; i++) {
        const id = index.ids[i]!;
        if (id < 0) continue;
        const row = rows[i]!;
        counts[rank[id]! * bins + binOf[base[row]!]!]!++;
        used[row] = 1;
      }
      fillContrastWeights(weights, counts, index.count, bins, kappa);
      for (let c = 0; c < index.count; c++)
        fillSigns(signs, c * bins, bins, prf, digest, `${block.stem}${contextText(codes[c]!, block.cardinalities)}|`);
      for (let cell = 0; cell < cells; cell++) context.add(signs[cell]!, weights[cell]!);
    },
    { onProgress, signal, stage: 'detect' },
  );

  const comb = new LayerSum();
  plan.columns.forEach((column, position) => {
    const values = coded[position]?.values;
    if (column.role === 'carrier' && column.combStep !== undefined && values)
      addComb(comb, column, values, used, prf, kappa);
  });
  const all = new LayerSum();
  all.addAll(context);
  all.addAll(comb);

  const layers: TableMarkLayer[] = [layerOf('context', context), layerOf('comb', comb), layerOf('all', all)];
  const unlocked = plan.columns.filter((column) => column.role !== 'locked');
  const columnsUsed = unlocked.filter((column) => coded[plan.columns.indexOf(column)] !== null);
  let rowsUsed = 0;
  for (let i = 0; i < used.length; i++) rowsUsed += used[i]!;
  let reason: TableMarkVerdict['reason'];
  if (plan.carriers === 0) reason = 'no-carriers';
  else if (table.rowCount === 0) reason = 'no-rows';
  else if (columnsUsed.length === 0) reason = 'no-columns';
  else if (all.units < LEAST_UNITS) reason = 'too-few-units';
  let log10P: number | null = null;
  if (reason === undefined) {
    let least = 0;
    for (const layer of layers) if (layer.log10P !== null && layer.log10P < least) least = layer.log10P;
    const corrected = least + log10(3 * hypotheses);
    log10P = Math.min(0, corrected);
  }
  const pValue = log10P === null ? null : exp(log10P * LN10);
  return {
    decision: log10P === null ? 'cannot-test' : log10P <= log10(alpha) ? 'marked' : 'not-detected',
    ...(reason === undefined ? {} : { reason }),
    pValue,
    log10P,
    alpha,
    hypotheses,
    layers,
    units: all.units,
    rows: table.rowCount,
    rowsUsed,
    rowsSkipped: table.rowCount - rowsUsed,
    cellsSkipped: coded.reduce((sum, column) => sum + (column?.unread ?? 0), 0),
    columnsUsed: columnsUsed.map((column) => column.name),
    columnsMissing: unlocked.filter((column) => !columnsUsed.includes(column)).map((column) => column.name),
    blocksUsed: scan.blocksUsed,
    blocksMissing: scan.blocksMissing,
    tableId: plan.tableId,
    method: METHOD,
  };
}

function layerOf(layer: TableMarkLayer['layer'], sum: LayerSum): TableMarkLayer {
  return { layer, z: sum.z(), units: sum.units, log10P: sum.log10P() };
}

/** Rank of each code among the sorted codes. */
function rankOf(codes: Float64Array, count: number, sorted: Float64Array): Int32Array {
  const rank = new Int32Array(count);
  for (let c = 0; c < count; c++) {
    const code = codes[c]!;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < code) low = middle + 1;
      else high = middle;
    }
    rank[c] = low;
  }
  return rank;
}

function addComb(
  comb: LayerSum,
  column: TableMarkColumn,
  values: Float64Array,
  used: Uint8Array,
  prf: LabelPrf,
  kappa: number,
): void {
  const step = column.combStep!;
  const { occupied, counts, heavy } = combCounts(values, step, column.combSkip ?? []);
  for (let row = 0; row < values.length; row++)
    if (used[row] === 0 && Number.isSafeInteger(Math.floor(values[row]! / step)) && !heavy.has(values[row]!))
      used[row] = 1;
  const units = combWeights(occupied, counts, kappa);
  const digest = new Uint8Array(32);
  let digestChunk: number | null = null;
  for (let i = 0; i < units.bins.length; i++) {
    const bin = units.bins[i]!;
    const chunk = Math.floor(bin / 256);
    if (chunk !== digestChunk) {
      prf.fillDigest(digest, `comb|${column.id}|${chunk}`);
      digestChunk = chunk;
    }
    const bit = bin - 256 * chunk;
    comb.add(((digest[bit >> 3]! >> (bit & 7)) & 1) * 2 - 1, units.weights[i]!);
  }
}

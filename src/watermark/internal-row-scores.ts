import type { JobOptions, Table } from '../types.ts';
import type { TableKeys } from './derive-table-keys.ts';
import { contextText } from './internal-context-index.ts';
import { layoutChannels, type MarkBlock, type MarkChannel } from './internal-layout.ts';
import { createLabelPrf, fillSigns, type LabelPrf } from './internal-prf.ts';
import type { CodedColumn } from './internal-read-column.ts';
import { codeTable, scanBlocks } from './internal-scan.ts';
import type { TableMarkColumn, TableMarkPlan } from './table-mark-plan.ts';

/** A comb column bears one sign and needs no other column: it is scored higher than a unit of its size. */
const COMB_FAVOUR = 4;
/** Share of a column in one comb bin near its middle: half of all rows lie in 1.35 x 64 bins. */
const COMB_SHARE = 0.5 / (1.35 * 64);

/** Scores of rows and the number of signs behind them. */
export interface RowScores {
  /** Score of each row, in standard deviations over keys. */
  readonly scores: Float64Array;
  /** Signs of all rows together. */
  readonly signs: number;
}

/**
 * Scores rows by their keyed signs. A row's score depends on nothing but the row, the plan and the keys.
 *
 * A sign counts 1 / sqrt(expected rows in its unit + 0.5), which is how much one more row in the unit moves the detector's
 * sum; the expectation comes from the plan's counts as if columns were independent. From it the mean over
 * the bins of its context is taken away, so that choosing rows moves joint frequencies and not the margins (the
 * detector looks at joint frequencies only). Last, the sum is divided by its standard deviation over keys: otherwise rows
 * in rare units, whose sums vary more, would win too often.
 */
export function scoreRows(
  table: Table,
  plan: TableMarkPlan,
  keys: TableKeys,
  job: JobOptions & { readonly stage: string },
): RowScores {
  const coded = codeTable(table, plan);
  const prf = createLabelPrf(keys.colour);
  const digest = new Uint8Array(32);
  const scores = new Float64Array(table.rowCount);
  const variances = new Float64Array(table.rowCount);
  let signs = 0;
  let unitSigns = new Int8Array(1024);
  let unitScores = new Float64Array(1024);
  let unitVariances = new Float64Array(1024);
  scanBlocks(
    layoutChannels(plan, keys.layout),
    coded,
    table.rowCount,
    (channel, block, rows, length, base, index) => {
      const { bins, binOf } = channel;
      const cells = index.count * bins;
      if (unitScores.length < cells) {
        unitSigns = new Int8Array(2 * cells);
        unitScores = new Float64Array(2 * cells);
        unitVariances = new Float64Array(2 * cells);
      }
      const shares = blockShares(channel, block);
      for (let c = 0, at = 0; c < index.count; c++, at += bins) {
        const code = index.codes[c]!;
        fillSigns(unitSigns, at, bins, prf, digest, `${block.stem}${contextText(code, block.cardinalities)}|`);
        const expected = plan.rows * contextShare(code, block) * shares.total;
        let mean = 0;
        let spread = 0;
        for (let bin = 0; bin < bins; bin++) {
          const weight = 1 / Math.sqrt(expected * shares.inBlock[bin]! + plan.parameters.kappa);
          const part = shares.inBlock[bin]! * weight;
          unitScores[at + bin] = unitSigns[at + bin]! * weight;
          // Variance over keys of sign x weight minus the mean: the own bin's part comes twice, with opposite signs.
          unitVariances[at + bin] = weight * weight - 2 * part * weight;
          mean += part * unitSigns[at + bin]!;
          spread += part * part;
        }
        for (let bin = 0; bin < bins; bin++) {
          unitScores[at + bin] = unitScores[at + bin]! - mean;
          unitVariances[at + bin] = unitVariances[at + bin]! + spread;
        }
      }
      const { ids } = index;
      for (let i = 0; i < length; i++) {
        const id = ids[i]!;
        if (id < 0) continue;
        const row = rows[i]!;
        const unit = id * bins + binOf[base[row]!]!;
        scores[row] = scores[row]! + unitScores[unit]!;
        variances[row] = variances[row]! + unitVariances[unit]!;
        signs++;
      }
    },
    job,
  );
  const combScore = COMB_FAVOUR / Math.sqrt(plan.rows * COMB_SHARE + plan.parameters.kappa);
  plan.columns.forEach((column, position) => {
    const values = coded[position]?.values;
    if (column.role === 'carrier' && column.combStep !== undefined && values)
      signs += addCombScores(scores, variances, column, values, combScore, prf);
  });
  for (let row = 0; row < scores.length; row++)
    scores[row] = variances[row]! > 0 ? scores[row]! / Math.sqrt(variances[row]!) : 0;
  return { scores, signs };
}

/** Share of the reference in a block, and how the block's share is spread over its bins. */
function blockShares(
  channel: MarkChannel,
  block: MarkBlock,
): { readonly total: number; readonly inBlock: Float64Array } {
  const first = channel.bins * channel.blocks.indexOf(block);
  const inBlock = channel.shares.slice(first, first + channel.bins);
  let total = 0;
  for (const share of inBlock) total += share;
  for (let bin = 0; bin < inBlock.length; bin++) inBlock[bin] = total > 0 ? inBlock[bin]! / total : 0;
  return { total, inBlock };
}

/** Share of the reference in a context, as if its columns were independent. */
function contextShare(code: number, block: MarkBlock): number {
  let rest = code;
  let share = 1;
  for (let k = block.contexts.length - 1; k >= 0; k--) {
    const cardinality = block.cardinalities[k]!;
    const digit = rest % cardinality;
    rest = (rest - digit) / cardinality;
    share *= block.shares[k]![digit]!;
  }
  return share;
}

function addCombScores(
  scores: Float64Array,
  variances: Float64Array,
  column: TableMarkColumn,
  values: NonNullable<CodedColumn['values']>,
  score: number,
  prf: LabelPrf,
): number {
  const step = column.combStep!;
  const skip = new Set(column.combSkip);
  const digest = new Uint8Array(32);
  const chunks = new Map<number, Int8Array>();
  let table: Int8Array = new Int8Array(256);
  let chunkOfTable: number | null = null;
  let signs = 0;
  for (let row = 0; row < scores.length; row++) {
    const bin = Math.floor(values[row]! / step);
    if (!Number.isSafeInteger(bin) || (skip.size > 0 && skip.has(values[row]!))) continue;
    const chunk = Math.floor(bin / 256);
    if (chunk !== chunkOfTable) {
      table = chunks.get(chunk) ?? combSigns(`comb|${column.id}|${chunk}`, digest, prf);
      chunks.set(chunk, table);
      chunkOfTable = chunk;
    }
    scores[row] = scores[row]! + score * table[bin - 256 * chunk]!;
    variances[row] = variances[row]! + score * score;
    signs++;
  }
  return signs;
}

/** Signs of the 256 comb bins of a chunk. */
function combSigns(label: string, digest: Uint8Array, prf: LabelPrf): Int8Array {
  prf.fillDigest(digest, label);
  const signs = new Int8Array(256);
  for (let j = 0; j < 256; j++) signs[j] = ((digest[j >> 3]! >> (j & 7)) & 1) * 2 - 1;
  return signs;
}

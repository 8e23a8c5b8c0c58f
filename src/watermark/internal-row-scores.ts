import type { JobOptions, Table } from '../types.ts';
import type { TableKeys } from './derive-table-keys.ts';
import { contextText } from './internal-context-index.ts';
import { layoutChannels, type MarkBlock } from './internal-layout.ts';
import { createLabelPrf, fillSigns, type LabelPrf } from './internal-prf.ts';
import type { CodedColumn } from './internal-read-column.ts';
import { codeTable, scanBlocks } from './internal-scan.ts';
import type { TableMarkColumn, TableMarkPlan } from './table-mark-plan.ts';

/** Score of a sign in a unit that expects no row; the score of others falls as the detector's weight does. */
const SCALE = 256;
/** A comb column bears one sign and needs no other column: it is scored higher than a unit of its size. */
const COMB_FAVOUR = 4;
/** Share of a column in one comb bin near its middle: half of all rows lie in 1.35 x 64 bins. */
const COMB_SHARE = 0.5 / (1.35 * 64);

/** Scores of rows and the number of signs behind them. */
export interface RowScores {
  /** Sum of scored signs of each row. */
  readonly scores: Int32Array;
  /** Signs of all rows together. */
  readonly signs: number;
}

/**
 * Scores rows by their keyed signs. A sign scores 256 / sqrt(2 x expected rows in its unit + 1), which is how
 * much one more row in the unit moves the detector's sum; the expectation comes from the plan's counts as if columns were
 * independent. A row's score depends on nothing but the row, the plan and the keys.
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
  const scores = new Int32Array(table.rowCount);
  let signs = 0;
  let unitSigns = new Int8Array(1024);
  let unitScores = new Int16Array(1024);
  scanBlocks(
    layoutChannels(plan, keys.layout),
    coded,
    table.rowCount,
    (channel, block, rows, length, base, index) => {
      const { bins, binOf } = channel;
      const first = bins * channel.blocks.indexOf(block);
      if (unitScores.length < index.count * bins) {
        unitSigns = new Int8Array(2 * index.count * bins);
        unitScores = new Int16Array(2 * index.count * bins);
      }
      for (let c = 0, at = 0; c < index.count; c++) {
        const code = index.codes[c]!;
        fillSigns(unitSigns, at, bins, prf, digest, `${block.stem}${contextText(code, block.cardinalities)}|`);
        const expected = plan.rows * contextShare(code, block);
        let mean = 0;
        let weight = 0;
        for (let bin = 0; bin < bins; bin++) {
          const share = channel.shares[first + bin]!;
          unitScores[at + bin] = unitSigns[at + bin]! * signScore(expected * share);
          mean += share * unitScores[at + bin]!;
          weight += share;
        }
        mean = weight > 0 ? Math.round(mean / weight) : 0;
        for (let bin = 0; bin < bins; bin++, at++) unitScores[at] = unitScores[at]! - mean;
      }
      const { ids } = index;
      for (let i = 0; i < length; i++) {
        const id = ids[i]!;
        if (id < 0) continue;
        const row = rows[i]!;
        scores[row] = scores[row]! + unitScores[id * bins + binOf[base[row]!]!]!;
        signs++;
      }
    },
    job,
  );
  const combScore = COMB_FAVOUR * signScore(plan.rows * COMB_SHARE);
  plan.columns.forEach((column, position) => {
    const values = coded[position]?.values;
    if (column.role === 'carrier' && column.combStep !== undefined && values)
      signs += addCombScores(scores, column, values, combScore, prf);
  });
  if (Number((globalThis as any).process.env['CEN'] ?? 0)) {
    const f = Float64Array.from(scores);
    for (let sweep = 0; sweep < 3; sweep++)
      for (const c of coded) {
        if (!c) continue;
        const sum = new Float64Array(1024), n = new Float64Array(1024);
        for (let i = 0; i < f.length; i++) { const b = c.base[i]! + 1; sum[b]! += f[i]!; n[b]!++; }
        for (let b = 0; b < 1024; b++) sum[b] = n[b]! > 0 ? sum[b]! / n[b]! : 0;
        for (let i = 0; i < f.length; i++) f[i] = f[i]! - sum[c.base[i]! + 1]!;
      }
    for (let i = 0; i < f.length; i++) scores[i] = Math.round(f[i]!);
  }
  return { scores, signs };
}

function signScore(expected: number): number {
  return Math.round(SCALE / Math.sqrt(2 * expected + 1));
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
  scores: Int32Array,
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

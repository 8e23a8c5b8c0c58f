import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import { type ContextIndex, createContextIndexer } from './internal-context-index.ts';
import { contextShift, type MarkBlock, type MarkChannel } from './internal-layout.ts';
import { type CodedColumn, codeColumn } from './internal-read-column.ts';
import type { TableMarkPlan } from './table-mark-plan.ts';

/** Codes the plan's columns that the table has; null where the plan locks the column or the table lacks it. */
export function codeTable(table: Table, plan: TableMarkPlan): readonly (CodedColumn | null)[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const shift = contextShift(plan);
  return plan.columns.map((column) => {
    const found = column.role === 'locked' ? undefined : byName.get(column.name);
    return found === undefined ? null : codeColumn(column, found, table.rowCount, shift);
  });
}

/** What a scan hands over for each block that can be read. */
export type VisitBlock = (
  channel: MarkChannel,
  block: MarkBlock,
  /** Table rows in this block; the first `length` are valid. */
  rows: Int32Array,
  length: number,
  /** Base code of the carrier by table row. */
  base: Int16Array,
  index: ContextIndex,
) => void;

/** How many blocks a scan read and left out. */
export interface ScanCounts {
  /** Blocks read. */
  readonly blocksUsed: number;
  /** Blocks left out because the carrier or a context column is not there. */
  readonly blocksMissing: number;
}

/** Visits every block of every channel in the layout's order. */
export function scanBlocks(
  channels: readonly MarkChannel[],
  coded: readonly (CodedColumn | null)[],
  rowCount: number,
  visit: VisitBlock,
  job: JobOptions & { readonly stage: string },
): ScanCounts {
  const indexContexts = createContextIndexer(rowCount);
  const sortedRows = new Int32Array(rowCount);
  let blocksUsed = 0;
  let blocksMissing = 0;
  channels.forEach((channel, done) => {
    checkpoint(job, done, channels.length);
    const carrier = coded[channel.column];
    if (carrier === null || carrier === undefined) {
      blocksMissing += channel.blocks.length;
      return;
    }
    const { base } = carrier;
    const ends = new Int32Array(channel.blocks.length + 1);
    for (let i = 0; i < rowCount; i++) if (base[i]! >= 0) ends[channel.blockOf[base[i]!]! + 1]!++;
    for (let b = 1; b < ends.length; b++) ends[b] = ends[b]! + ends[b - 1]!;
    const next = ends.slice();
    for (let i = 0; i < rowCount; i++) if (base[i]! >= 0) sortedRows[next[channel.blockOf[base[i]!]!]!++] = i;
    channel.blocks.forEach((block, b) => {
      const columns: Int16Array[] = [];
      for (const position of block.contexts) if (coded[position]) columns.push(coded[position]!.context);
      if (columns.length < block.contexts.length) {
        blocksMissing++;
        return;
      }
      blocksUsed++;
      const rows = sortedRows.subarray(ends[b]!, ends[b + 1]!);
      const index = indexContexts(rows, rows.length, columns, block.cardinalities, block.codes);
      visit(channel, block, rows, rows.length, base, index);
    });
  });
  checkpoint(job, channels.length, channels.length);
  return { blocksUsed, blocksMissing };
}

function checkpoint(job: JobOptions & { readonly stage: string }, done: number, total: number): void {
  if (job.signal?.aborted)
    throw new SynthproofError(
      'ABORTED',
      `${job.stage}: stopped by the caller's signal after ${done} of ${total} steps`,
    );
  job.onProgress?.({ stage: job.stage, done, total });
}

import type { Column } from '../types.ts';
import { binCodes, equalWidthEdges, isBinnable } from './internal-bins.ts';
import { checkSameKind, isContinuous, levelPair, numericCells, sortedValues } from './internal-columns.ts';

/** Both sides of a column as codes of one table. */
export interface CodedColumn {
  /** Code per real row. */
  readonly real: Int32Array;
  /** Code per synthetic row. */
  readonly synthetic: Int32Array;
  /** Number of codes. */
  readonly size: number;
}

/** Levels, or bins for numbers and times; missing has its own code. Null when the range is not finite. */
export function codedColumn(real: Column, synthetic: Column, bins: number, own: boolean): CodedColumn | null {
  checkSameKind(real, synthetic);
  if (!isContinuous(real.kind)) {
    const pair = levelPair(real, synthetic);
    return { real: pair.real, synthetic: pair.synthetic, size: pair.labels.length + 1 };
  }
  const a = numericCells(real);
  const b = numericCells(synthetic);
  const sortedA = sortedValues(a);
  if (!isBinnable(sortedA)) return null;
  const edges = equalWidthEdges(sortedA, bins);
  if (!own) return { real: binCodes(a, edges, true), synthetic: binCodes(b, edges, true), size: bins + 2 };
  const sortedB = sortedValues(b);
  if (!isBinnable(sortedB)) return null;
  const ownEdges = equalWidthEdges(sortedB, bins);
  return { real: binCodes(a, edges, false), synthetic: binCodes(b, ownEdges, false), size: bins + 2 };
}

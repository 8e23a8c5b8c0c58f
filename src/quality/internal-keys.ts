import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Column } from '../types.ts';
import { checkContinuous, levelPair, numericCells } from './internal-columns.ts';
import { checkPair } from './internal-pairs.ts';

/** Children of each row of a key column, foreign keys without a parent, and missing foreign keys. */
export interface KeyCounts {
  /** Rows of the foreign key that name each row of the key; rows with one key share them. */
  readonly children: Float64Array;
  /** Foreign keys that name no row of the key. */
  readonly orphans: number;
  /** Missing foreign keys. */
  readonly missing: number;
}

/** Counts the rows that hang on each key. */
export function countByKey([key, foreignKey]: readonly [Column, Column]): KeyCounts {
  if (keyFamily(key) !== keyFamily(foreignKey))
    throw new SynthproofError(
      'KIND_MISMATCH',
      `foreign key: "${foreignKey.name}" is ${foreignKey.kind}, the key "${key.name}" is ${key.kind}; cast one of them`,
      { argument: 'foreignKey', column: foreignKey.name },
    );
  const { real: keys, synthetic: foreign, labels } = levelPair(key, foreignKey);
  const known = new Uint8Array(labels.length);
  const rows = new Float64Array(labels.length);
  for (let i = 0; i < keys.length; i++) if (keys[i]! < labels.length) known[keys[i]!] = 1;
  let orphans = 0;
  let missing = 0;
  for (let i = 0; i < foreign.length; i++) {
    const code = foreign[i]!;
    if (code === labels.length) missing++;
    else if (known[code] === 0) orphans++;
    else rows[code]!++;
  }
  return { children: Float64Array.from(keys, (code) => rows[code] ?? 0), orphans, missing };
}

/** Kinds whose cells can name each other. */
function keyFamily({ kind }: Column): string {
  if (kind === 'category' || kind === 'text') return 'text';
  return kind === 'integer' ? 'number' : kind;
}

/** Rows of each level of a column, in no particular order; missing cells are left out. */
export function levelCounts(column: Column): Float64Array {
  const { codes, labels } = groupCodes(column);
  const counts = new Float64Array(labels.length);
  for (let i = 0; i < columnLength(column); i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  return counts.filter((count) => count > 0);
}

/** Values of each sequence in the order of rows; NaN where a cell is missing. Rows without a key belong to none. */
export function sequencesOf(pair: readonly [Column, Column], argument: string, metric: string): number[][] {
  checkPair(pair, argument);
  checkContinuous(pair[1], argument, metric);
  const { codes, labels } = groupCodes(pair[0]);
  const values = numericCells(pair[1]);
  const sequences: number[][] = Array.from({ length: labels.length }, () => []);
  for (let i = 0; i < values.length; i++) if (codes[i]! >= 0) sequences[codes[i]!]!.push(values[i]!);
  return sequences.filter((sequence) => sequence.length > 0);
}

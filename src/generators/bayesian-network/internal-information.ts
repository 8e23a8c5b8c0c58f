import { log } from '../../math/index.ts';

/** A column as the network sees it. */
export interface Variable {
  /** State of each row, 0 to size - 1. */
  readonly codes: Int32Array;
  /** Number of states. */
  readonly size: number;
}

/** Sum of c log c over the cells of a joint table of counts, and how many cells hold a row. */
interface CellSum {
  readonly value: number;
  readonly cells: number;
}

/** Mutual information between one variable and a set of others, from cached joint tables. */
export interface Information {
  /** Cells of the joint table of these variables. */
  readonly cells: (variables: readonly number[]) => number;
  /** Plug-in estimate in nats, at least 0. */
  readonly plugIn: (child: number, parents: readonly number[]) => number;
  /** Less its bias, (states of the child - 1)(states of the parents - 1) / 2n over the states that occur (Miller-Madow). */
  readonly corrected: (child: number, parents: readonly number[]) => number;
}

/** Prepares mutual information over up to three variables at once; each joint table is counted once. */
export function prepareInformation(variables: readonly Variable[], rows: number): Information {
  // Counts are whole numbers up to the number of rows: a table makes the many logarithms cheap, and sums alike in any row order.
  const xLogX = new Float64Array(rows + 1);
  for (let c = 2; c <= rows; c++) xLogX[c] = c * log(c);
  const cache = new Map<number, CellSum>();
  const cells = (members: readonly number[]): number =>
    members.reduce((product, member) => product * variables[member]!.size, 1);
  const sumOf = (members: readonly number[]): CellSum => {
    const sorted = [...members].sort((a, b) => a - b);
    let id = 0;
    for (const member of sorted) id = id * (variables.length + 1) + member + 1;
    const known = cache.get(id);
    if (known) return known;
    const counted = cellSum(countCells(variables, sorted), xLogX);
    cache.set(id, counted);
    return counted;
  };
  const plugIn = (child: number, parents: readonly number[]): number => {
    if (rows === 0) return 0;
    const joint = sumOf([child, ...parents]).value;
    return Math.max(0, (joint - sumOf([child]).value - sumOf(parents).value + xLogX[rows]!) / rows);
  };
  const corrected = (child: number, parents: readonly number[]): number => {
    const bias = ((sumOf([child]).cells - 1) * (sumOf(parents).cells - 1)) / (2 * rows);
    return plugIn(child, parents) - bias;
  };
  return { cells, plugIn, corrected };
}

/** Counts of the joint states of one to three variables. */
function countCells(variables: readonly Variable[], members: readonly number[]): Int32Array {
  const [first, second, third] = members.map((member) => variables[member]!);
  const a = first!.codes;
  const rows = a.length;
  const counts = new Int32Array(first!.size * (second?.size ?? 1) * (third?.size ?? 1));
  if (third) {
    const b = second!.codes;
    const c = third.codes;
    const sizeB = second!.size;
    const sizeC = third.size;
    for (let i = 0; i < rows; i++) counts[(a[i]! * sizeB + b[i]!) * sizeC + c[i]!]!++;
  } else if (second) {
    const b = second.codes;
    const sizeB = second.size;
    for (let i = 0; i < rows; i++) counts[a[i]! * sizeB + b[i]!]!++;
  } else for (let i = 0; i < rows; i++) counts[a[i]!]!++;
  return counts;
}

function cellSum(counts: Int32Array, xLogX: Float64Array): CellSum {
  let value = 0;
  let cells = 0;
  for (let c = 0; c < counts.length; c++) {
    const count = counts[c]!;
    if (count === 0) continue;
    cells++;
    value += xLogX[count]!;
  }
  return { value, cells };
}

import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { columnOf, encodeGroups } from './internal-encode.ts';

/** Product of level counts up to which group indices are dense array positions. */
const DENSE_LIMIT = 1 << 20;

/** Rows mapped to groups (control stratum x sensitive group). */
export interface GroupIndex {
  /** Group number per row. */
  readonly index: ArrayLike<number>;
  /** Number of group numbers. */
  readonly size: number;
  /** Levels of each sensitive column. */
  readonly levels: readonly (readonly string[])[];
  /** Levels of each control column. */
  readonly controlLevels: readonly (readonly string[])[];
  /** For each control, then each sensitive column: whether its levels are whole numbers, ordered by size. */
  readonly wholeLevels: readonly boolean[];
  /** Level codes (controls first, then sensitive) of a group number. */
  readonly codesOf: (group: number) => number[];
}

/** Checks names of grouping columns. */
function checkNames(names: readonly string[], argument: string): void {
  if (!Array.isArray(names))
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected an array of column names, received ${JSON.stringify(names) ?? 'nothing'}`,
      { argument },
    );
  const seen = new Set<string>();
  for (const name of names) {
    if (typeof name !== 'string')
      throw new SynthproofError('BAD_OPTION', `${argument}: expected column names, received ${String(name)}`, {
        argument,
      });
    if (seen.has(name))
      throw new SynthproofError('BAD_OPTION', `${argument}: column "${name}" is named twice; name each once`, {
        argument,
        column: name,
      });
    seen.add(name);
  }
}

/** One pass per grouping column; groups come out ordered by level, controls first. */
export function indexGroups(table: Table, sensitive: readonly string[], control: readonly string[]): GroupIndex {
  checkNames(sensitive, 'sensitive');
  checkNames(control, 'control');
  if (sensitive.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      'sensitive: expected at least one column name, received none; name the columns that form the groups',
      { argument: 'sensitive' },
    );
  checkNames([...control, ...sensitive], 'sensitive');
  const columns = [
    ...control.map((name) => ({ column: columnOf(table, name, 'control'), at: `control "${name}"` })),
    ...sensitive.map((name) => ({ column: columnOf(table, name, 'sensitive'), at: `sensitive "${name}"` })),
  ];
  const coded = columns.map(({ column, at }) => encodeGroups(column, at));
  const wholeLevels = columns.map(({ column }) => column.kind === 'integer');
  const radices = coded.map((one) => Math.max(1, one.labels.length));
  const levels = coded.slice(control.length).map((one) => one.labels);
  const controlLevels = coded.slice(0, control.length).map((one) => one.labels);
  let product = 1;
  for (const radix of radices) product *= radix;
  const n = table.rowCount;
  const decode = (key: number): number[] => {
    const codes: number[] = new Array(radices.length);
    let rest = key;
    for (let k = radices.length - 1; k >= 0; k--) {
      const radix = radices[k]!;
      codes[k] = rest % radix;
      rest = (rest - codes[k]!) / radix;
    }
    return codes;
  };
  if (coded.length === 1)
    return { index: coded[0]!.codes, size: radices[0]!, levels, controlLevels, wholeLevels, codesOf: decode };
  if (product <= DENSE_LIMIT) {
    const index = new Int32Array(n);
    for (let k = 0; k < coded.length; k++) addDigit(index, coded[k]!.codes, radices[k]!);
    return { index, size: product, levels, controlLevels, wholeLevels, codesOf: decode };
  }
  if (product > Number.MAX_SAFE_INTEGER)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `sensitive: ${coded.length} columns have ${product} combinations; name fewer columns or coarsen them`,
      {
        argument: 'sensitive',
      },
    );
  const keys = new Float64Array(n);
  for (let k = 0; k < coded.length; k++) {
    const { codes } = coded[k]!;
    const radix = radices[k]!;
    for (let i = 0; i < n; i++) keys[i] = keys[i]! * radix + codes[i]!;
  }
  const present = [...new Set(keys)].sort((a, b) => a - b);
  const position = new Map<number, number>();
  for (let g = 0; g < present.length; g++) position.set(present[g]!, g);
  const index = new Int32Array(n);
  for (let i = 0; i < n; i++) index[i] = position.get(keys[i]!)!;
  return {
    index,
    size: present.length,
    levels,
    controlLevels,
    wholeLevels,
    codesOf: (group) => decode(present[group]!),
  };
}

/** Appends a digit to mixed-radix numbers. Its own function, so that each call site stays monomorphic and fast. */
function addDigit(index: Int32Array, codes: ArrayLike<number>, radix: number): void {
  if (codes instanceof Int32Array) for (let i = 0; i < index.length; i++) index[i] = index[i]! * radix + codes[i]!;
  else if (codes instanceof Uint8Array) for (let i = 0; i < index.length; i++) index[i] = index[i]! * radix + codes[i]!;
  else for (let i = 0; i < index.length; i++) index[i] = index[i]! * radix + codes[i]!;
}

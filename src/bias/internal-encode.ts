import { SynthproofError } from '../errors.ts';
import type { Column, Rng, Table } from '../types.ts';

/** Label of the group of rows whose sensitive value is missing. */
export const MISSING_GROUP: string = '(missing)';

/** More levels than this are identifiers, not groups. */
const MAX_LEVELS = 5000;

/** Whole numbers with more distinct values than this are measurements, not codes of groups. */
export const MAX_INTEGER_LEVELS = 32;

/** A column as group codes. */
export interface GroupCodes {
  /** One code per row, 0 to labels.length - 1. */
  readonly codes: ArrayLike<number>;
  /** Group labels in code order; the group of missing values is last when there is one. */
  readonly labels: readonly string[];
}

/** Finds a column by name or says which argument named an unknown one, and in which table. */
export function columnOf(table: Table, name: string, argument: string, where = 'the table'): Column {
  for (const column of table.columns) if (column.name === name) return column;
  const names = table.columns.map((column) => column.name);
  if (typeof name !== 'string')
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected the name of a column, received ${JSON.stringify(name) ?? 'nothing'}; columns are ${names.slice(0, 12).join(', ')}`,
      { argument },
    );
  const close = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const hint = close === undefined ? `; columns are ${names.slice(0, 12).join(', ')}` : `; did you mean "${close}"?`;
  throw new SynthproofError('UNKNOWN_COLUMN', `${argument}: no column "${name}" in ${where}${hint}`, {
    argument,
    column: name,
  });
}

function isValid(validity: Uint8Array | undefined, row: number): boolean {
  return validity === undefined || ((validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

function hasMissing(validity: Uint8Array | undefined, rowCount: number): boolean {
  if (validity === undefined) return false;
  for (let i = 0; i < rowCount; i++) if (((validity[i >> 3]! >> (i & 7)) & 1) === 0) return true;
  return false;
}

function refuse(column: Column, argument: string, why: string, remedy: string): never {
  throw new SynthproofError('KIND_MISMATCH', `${argument}: column "${column.name}" ${why}; ${remedy}`, {
    argument,
    column: column.name,
  });
}

/** Dense codes from sparse ones: the levels that occur, in label order, the missing group last. */
function fromStrings(
  values: readonly string[],
  validity: Uint8Array | undefined,
  column: Column,
  argument: string,
): GroupCodes {
  const rowCount = values.length;
  const found = new Map<string, number>();
  const firstSeen = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    if (validity !== undefined && !isValid(validity, i)) {
      firstSeen[i] = -1;
      continue;
    }
    const value = values[i]!;
    let code = found.get(value);
    if (code === undefined) {
      code = found.size;
      if (code >= MAX_LEVELS)
        refuse(
          column,
          argument,
          `has more than ${MAX_LEVELS} distinct values`,
          'group or coarsen the values first (identifiers and names are not groups)',
        );
      found.set(value, code);
    }
    firstSeen[i] = code;
  }
  const labels = [...found.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return recode(firstSeen, [...found.keys()], labels);
}

/** Maps codes into `oldLabels` (-1 = missing) to codes into `labels` with a missing group at the end where needed. */
function recode(old: Int32Array, oldLabels: readonly string[], labels: readonly string[]): GroupCodes {
  const position = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) position.set(labels[i]!, i);
  const outLabels = [...labels];
  let missingCode = position.get(MISSING_GROUP) ?? -1;
  const map = Int32Array.from(oldLabels, (label) => position.get(label)!);
  const codes = new Int32Array(old.length);
  for (let i = 0; i < old.length; i++) {
    const code = old[i]!;
    if (code >= 0) codes[i] = map[code]!;
    else {
      if (missingCode < 0) {
        missingCode = outLabels.length;
        outLabels.push(MISSING_GROUP);
      }
      codes[i] = missingCode;
    }
  }
  return { codes, labels: outLabels };
}

/**
 * A sensitive or control column as group codes. Levels that do not occur in the rows are kept for category columns
 * (an absent group is a finding), and missing values form their own group.
 */
export function encodeGroups(column: Column, argument: string): GroupCodes {
  switch (column.kind) {
    case 'category': {
      if (column.labels.length > MAX_LEVELS)
        refuse(column, argument, `has more than ${MAX_LEVELS} levels`, 'group or coarsen the values first');
      const codes = column.codes;
      for (let i = 0; i < codes.length; i++) if (codes[i]! < 0) return recode(codes, column.labels, column.labels);
      return { codes, labels: column.labels };
    }
    case 'boolean': {
      const { values, validity } = column;
      if (!hasMissing(validity, values.length)) return { codes: values, labels: ['false', 'true'] };
      const codes = new Int32Array(values.length);
      for (let i = 0; i < codes.length; i++) codes[i] = isValid(validity, i) ? values[i]! : 2;
      return { codes, labels: ['false', 'true', MISSING_GROUP] };
    }
    case 'text':
      return fromStrings(column.values, column.validity, column, argument);
    case 'integer': {
      const { values, validity } = column;
      const found = new Map<number, number>();
      const old = new Int32Array(values.length);
      for (let i = 0; i < values.length; i++) {
        if (!isValid(validity, i)) {
          old[i] = -1;
          continue;
        }
        const value = values[i]!;
        let code = found.get(value);
        if (code === undefined) {
          code = found.size;
          if (code >= MAX_INTEGER_LEVELS)
            refuse(
              column,
              argument,
              `holds whole numbers with more than ${MAX_INTEGER_LEVELS} distinct values`,
              'bin it first, for example into age bands, and pass the bins as a category column',
            );
          found.set(value, code);
        }
        old[i] = code;
      }
      const numbers = [...found.keys()];
      const sorted = [...numbers].sort((a, b) => a - b);
      return recode(old, numbers.map(String), sorted.map(String));
    }
    default:
      return refuse(
        column,
        argument,
        `has kind ${column.kind}, which has no groups`,
        'bin it first, for example into age bands, and pass the bins as a category column',
      );
  }
}

/** Which cells of a column count as the positive outcome. */
export interface OutcomeSpec {
  /** Name of the column. */
  readonly column: string;
  /**
   * The positive value: a label (category, text), true or false (boolean), a number (number, integer), or for number
   * and integer columns a threshold such as `'> 0'`, `'>= 3'`, `'< 2'`, `'<= 1'`. Default true, for boolean columns only.
   */
  readonly positive?: string | number | boolean | undefined;
}

/** Code of a missing outcome. */
export const OUTCOME_MISSING = 2;

function parseThreshold(text: string): { readonly operator: string; readonly bound: number } | null {
  const match = /^\s*(>=|<=|>|<|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/.exec(text);
  return match === null ? null : { operator: match[1]!, bound: Number(match[2]) };
}

function badPositive(column: Column, argument: string, received: unknown, expected: string): never {
  throw new SynthproofError(
    'BAD_OPTION',
    `${argument}.positive: expected ${expected} for the ${column.kind} column "${column.name}", received ${JSON.stringify(received) ?? 'nothing'}; name the value that counts as positive`,
    { argument: `${argument}.positive`, column: column.name },
  );
}

/** {@link encodeOutcome} of the column that an outcome names, after a look at the outcome itself. */
export function readOutcome(table: Table, outcome: OutcomeSpec, argument: string): Uint8Array {
  checkOutcome(outcome, argument);
  return encodeOutcome(columnOf(table, outcome.column, argument), outcome, argument);
}

/** Refuses what is no outcome, such as a bare column name. */
export function checkOutcome(outcome: OutcomeSpec, argument: string): void {
  if (typeof outcome === 'object' && outcome !== null && typeof outcome.column === 'string') return;
  throw new SynthproofError(
    'BAD_OPTION',
    `${argument}: expected an object such as { column: 'hired', positive: true }, received ${JSON.stringify(outcome) ?? 'nothing'}`,
    { argument },
  );
}

/** Refuses what is no random source. */
export function checkRng(rng: Rng, argument: string): void {
  if (typeof rng?.nextUint32 === 'function' && typeof rng.stream === 'function') return;
  throw new SynthproofError(
    'BAD_OPTION',
    `${argument}: expected a random source, received ${rng === undefined ? 'nothing' : typeof rng}; pass createRng('any text')`,
    { argument },
  );
}

/** Refuses a table without rows. */
export function checkRows(table: Table, argument: string): void {
  if (table.rowCount > 0) return;
  throw new SynthproofError(
    'EMPTY_INPUT',
    `${argument}: expected at least one row, received none; check the filter or the file that it comes from`,
    { argument },
  );
}

/** Refuses empty tables and names that one of several tables does not have, saying which. */
export function checkTables(
  tables: Readonly<Record<string, Table>>,
  wanted: readonly (readonly [string, readonly (string | OutcomeSpec)[]])[],
): void {
  for (const [where, table] of Object.entries(tables)) {
    checkRows(table, where);
    for (const [argument, names] of wanted) {
      if (!Array.isArray(names))
        throw new SynthproofError(
          'BAD_OPTION',
          `${argument}: expected an array of column names, received ${JSON.stringify(names) ?? 'nothing'}`,
          { argument },
        );
      for (const name of names as readonly (string | OutcomeSpec)[]) {
        if (argument === 'label' || argument === 'prediction') checkOutcome(name as OutcomeSpec, argument);
        columnOf(table, typeof name === 'string' ? name : name.column, argument, where);
      }
    }
  }
}

/** An outcome as one byte per row: 1 positive, 0 negative, {@link OUTCOME_MISSING} missing. */
export function encodeOutcome(column: Column, spec: OutcomeSpec, argument: string): Uint8Array {
  const { positive } = spec;
  if (column.kind === 'boolean') {
    const wanted = positive ?? true;
    if (wanted !== true && wanted !== false && wanted !== 'true' && wanted !== 'false')
      badPositive(column, argument, positive, 'true or false');
    const one = wanted === true || wanted === 'true';
    const { values, validity } = column;
    if (one && !hasMissing(validity, values.length)) return values;
    const codes = new Uint8Array(values.length);
    for (let i = 0; i < codes.length; i++)
      codes[i] = !isValid(validity, i) ? OUTCOME_MISSING : (values[i] === 1) === one ? 1 : 0;
    return codes;
  }
  if (column.kind === 'category') {
    const index = positive === undefined ? -1 : column.labels.indexOf(String(positive));
    if (index < 0)
      badPositive(column, argument, positive, `one of its labels (${column.labels.slice(0, 10).join(', ')})`);
    const codes = new Uint8Array(column.codes.length);
    for (let i = 0; i < codes.length; i++) {
      const code = column.codes[i]!;
      codes[i] = code < 0 ? OUTCOME_MISSING : code === index ? 1 : 0;
    }
    return codes;
  }
  if (column.kind === 'text') {
    if (positive === undefined) badPositive(column, argument, positive, 'a value of the column');
    const wanted = String(positive);
    const codes = new Uint8Array(column.values.length);
    for (let i = 0; i < codes.length; i++)
      codes[i] = !isValid(column.validity, i) ? OUTCOME_MISSING : column.values[i] === wanted ? 1 : 0;
    return codes;
  }
  if (column.kind === 'datetime')
    refuse(column, argument, 'has kind datetime, which has no positive outcome', 'derive a boolean column first');
  const rule =
    typeof positive === 'number'
      ? { operator: '=', bound: positive }
      : typeof positive === 'string'
        ? parseThreshold(positive)
        : null;
  if (rule === null || !Number.isFinite(rule.bound))
    badPositive(column, argument, positive, "a number or a threshold such as '> 0'");
  const { values, validity } = column;
  const codes = new Uint8Array(values.length);
  const { operator, bound } = rule;
  for (let i = 0; i < codes.length; i++) {
    const x = values[i]!;
    const yes =
      operator === '>'
        ? x > bound
        : operator === '>='
          ? x >= bound
          : operator === '<'
            ? x < bound
            : operator === '<='
              ? x <= bound
              : x === bound;
    // A NaN that is not marked missing is no answer to the question either.
    codes[i] = !isValid(validity, i) || Number.isNaN(x) ? OUTCOME_MISSING : yes ? 1 : 0;
  }
  return codes;
}

/** A weight column as doubles; NaN marks a missing weight. Negative and infinite weights are refused. */
export function encodeWeights(column: Column, argument: string): Float64Array {
  if (column.kind !== 'number' && column.kind !== 'integer')
    refuse(
      column,
      argument,
      `has kind ${column.kind}`,
      'weights must be numbers of at least 0: parse the column as numbers first',
    );
  const { values, validity } = column;
  const weights = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!isValid(validity, i)) {
      weights[i] = Number.NaN;
      continue;
    }
    const weight = values[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new SynthproofError(
        'BAD_VALUE',
        `${argument}: weight in row ${i} of "${column.name}" must be finite and at least 0, received ${weight}; mend it, or mark the cell as missing to leave the row out`,
        {
          argument,
          column: column.name,
          row: i,
        },
      );
    weights[i] = weight;
  }
  return weights;
}

/** A numeric column as doubles; NaN where missing. */
export function encodeNumbers(column: Column, argument: string): Float64Array {
  if (column.kind === 'boolean') {
    const out = new Float64Array(column.values.length);
    for (let i = 0; i < out.length; i++) out[i] = isValid(column.validity, i) ? column.values[i]! : Number.NaN;
    return out;
  }
  if (column.kind !== 'number' && column.kind !== 'integer')
    refuse(
      column,
      argument,
      `has kind ${column.kind}`,
      'a number, integer or boolean column is needed: parse or derive one first',
    );
  const { values, validity } = column;
  if (validity === undefined) return values;
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = isValid(validity, i) ? values[i]! : Number.NaN;
  return out;
}

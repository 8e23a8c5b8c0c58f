import { SynthproofError } from '../../errors.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column } from '../../types.ts';
import type { ColumnShape } from '../model-types.ts';
import type { DpCategoryDomain, DpColumnDomain, DpNumericDomain } from './domain.ts';

/** A declared column in states, known before any data is read. */
export interface DomainColumn {
  readonly shape: ColumnShape;
  /** Bin edges of a numeric column, the last one beyond max for whole columns; empty otherwise. */
  readonly edges: readonly number[];
  /** Number of states, "missing" among them; 0 for identifiers. */
  readonly states: number;
  /** Whether the last state is "missing". */
  readonly missing: boolean;
  /** State of a label that was not declared. */
  readonly outside: number;
  /** State of a missing cell. */
  readonly absent: number;
}

/** Noise is drawn for every state, so their number is bounded. */
const MOST_STATES = 100_000;
const DAY = 86_400_000;

/** Checks a declared domain and lays out its states. Nothing here depends on data. */
export function planDomain(domain: readonly DpColumnDomain[]): DomainColumn[] {
  if (!Array.isArray(domain) || domain.length === 0)
    throw undeclared(
      'expected one entry a column, received none; declare bounds, bins and labels from public knowledge',
    );
  const names = new Set<string>();
  let states = 0;
  const columns = domain.map((entry) => {
    if (typeof entry?.name !== 'string') throw bad('', 'expected a name');
    if (names.has(entry.name)) throw bad(entry.name, 'is declared twice; declare it once');
    names.add(entry.name);
    const column = planColumn(entry);
    states += column.states;
    return column;
  });
  if (states > MOST_STATES)
    throw bad(columns[0]!.shape.name, `and the others have ${states} states, at most ${MOST_STATES} are allowed`);
  return columns;
}

function planColumn(entry: DpColumnDomain): DomainColumn {
  switch (entry.kind) {
    case 'identifier':
      return {
        shape: { ...shapeOf(entry.name, 'text'), role: 'identifier', prefix: `synthetic-${entry.name}-` },
        edges: [],
        states: 0,
        missing: false,
        outside: 0,
        absent: 0,
      };
    case 'boolean':
      return withMissing(entry, shapeOf(entry.name, 'boolean'), 2, [], 0, 0);
    case 'category':
      return planCategory(entry);
    case 'number':
    case 'integer':
    case 'datetime':
      return planNumeric(entry);
    default:
      throw bad(
        (entry as { name: string }).name,
        `has the unknown kind "${String((entry as { kind: unknown }).kind)}"`,
      );
  }
}

function planCategory(entry: DpCategoryDomain): DomainColumn {
  const { name, labels, other = 'other' } = entry;
  if (!Array.isArray(labels) || labels.length === 0 || !labels.every((label) => typeof label === 'string'))
    throw undeclared(`column "${name}": expected its labels as a list of texts; declare them from a code book`);
  const shown = [...new Set(other === null ? labels : [...labels, other])].sort((a, b) => (a < b ? -1 : 1));
  if (new Set(labels).size < labels.length) throw bad(name, 'lists a label twice; list each once');
  const first = shown.indexOf(labels[0]!);
  const outside = other === null ? first : shown.indexOf(other);
  return withMissing(entry, { ...shapeOf(name, 'category'), labels: shown }, shown.length, [], outside, first);
}

function planNumeric(entry: DpNumericDomain): DomainColumn {
  const { name, kind, min, max, decimals = 2 } = entry;
  const unit = kind === 'datetime' ? (entry.unit ?? 'millisecond') : null;
  if (!Number.isFinite(min) || !Number.isFinite(max))
    throw undeclared(`column "${name}": expected finite bounds min and max, received ${min} and ${max}; declare them`);
  if (!(min < max) || !Number.isFinite(max - min)) throw bad(name, `has bounds ${min} and ${max}; expected min < max`);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 15) throw bad(name, `has ${decimals} decimals`);
  const step = kind === 'number' ? 0 : stepOf(unit);
  const edges = entry.edges ? [...entry.edges] : equalEdges(entry, step);
  // Whole columns: every bin ends before its upper edge, so an end at max means max itself included.
  if (step > 0 && edges.at(-1) === max) edges[edges.length - 1] = max + step;
  let sound = edges.length >= 2 && edges[0] === min && edges.at(-1) === max + step;
  for (let i = 0; i < edges.length; i++) {
    sound = sound && (i === 0 || edges[i]! > edges[i - 1]!);
    if (step > 0) sound = sound && Number.isSafeInteger(edges[i]! / step);
  }
  if (!sound)
    throw bad(name, `has unfit edges; expected ascending ${step > 0 ? 'whole ' : ''}numbers from ${min} to ${max}`);
  const shape = { ...shapeOf(name, kind), unit, decimals: kind === 'number' ? decimals : 0 };
  return withMissing(entry, shape, edges.length - 1, edges, 0, 0);
}

/** Size of the least difference between two values; 0 for real numbers. */
export function stepOf(unit: 'day' | 'millisecond' | null): number {
  return unit === 'day' ? DAY : 1;
}

/** Edges of bins of about equal width; whole columns share their values as evenly as they can. */
function equalEdges({ name, min, max, bins = 32 }: DpNumericDomain, step: number): number[] {
  if (!Number.isInteger(bins) || bins < 1 || bins > MOST_STATES)
    throw bad(name, `has ${bins} bins; expected 1 or more`);
  const edges: number[] = [];
  if (step === 0) {
    for (let i = 0; i < bins; i++) edges.push(min + ((max - min) / bins) * i);
    return [...edges, max];
  }
  const values = (max - min) / step + 1;
  const count = Math.min(bins, values);
  for (let i = 0; i < count; i++) edges.push(min + step * Math.floor((values * i) / count));
  return [...edges, max + step];
}

function withMissing(
  entry: { readonly missing?: boolean | undefined },
  shape: ColumnShape,
  states: number,
  edges: readonly number[],
  outside: number,
  absent: number,
): DomainColumn {
  const missing = entry.missing ?? true;
  return { shape, edges, states: states + (missing ? 1 : 0), missing, outside, absent: missing ? states : absent };
}

function shapeOf(name: string, kind: ColumnShape['kind']): ColumnShape {
  return {
    name,
    kind,
    unit: null,
    role: 'modelled',
    values: [],
    labels: [],
    pooledCode: -1,
    decimals: 0,
    prefix: '',
    firstId: 0,
    idStep: 1,
  };
}

/** States of a column's cells. Every cell gets one, whatever it holds: an error here would tell of the data. */
export function readDomainStates(planned: DomainColumn, column: Column): Int32Array {
  const { edges, shape, absent, outside } = planned;
  if (column.kind === 'category') {
    const stateOf = new Map(shape.labels.map((label, state) => [label, state]));
    const recode = column.labels.map((label) => stateOf.get(label) ?? outside);
    return Int32Array.from(column.codes, (code, i) =>
      isPresent(column.validity, i) ? (recode[code] ?? outside) : absent,
    );
  }
  if (column.kind === 'text') return new Int32Array(0);
  const out = new Int32Array(column.values.length);
  for (let i = 0; i < out.length; i++) {
    const value = column.values[i]!;
    if (!isPresent(column.validity, i) || Number.isNaN(value)) out[i] = absent;
    else out[i] = column.kind === 'boolean' ? (value === 0 ? 0 : 1) : binOf(edges, value);
  }
  return out;
}

/** The bin that holds a value; the outer bins hold what lies beyond them. */
export function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function bad(name: string, what: string): SynthproofError {
  return new SynthproofError('BAD_OPTION', `domain: column "${name}" ${what}`, { argument: 'domain', column: name });
}

/** The error of a domain that is not there: the one thing a private fit must never look up in the data. */
export function undeclared(what: string): SynthproofError {
  return new SynthproofError('UNDECLARED_DOMAIN', `domain: ${what}`, { argument: 'domain' });
}

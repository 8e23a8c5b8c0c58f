import type { StepsMarginal } from './copula-types.ts';

/** How the quantile function of a numeric column is cut. */
export interface StepSettings {
  /** Most straight pieces, about. */
  readonly knots: number;
  /** Fewest rows behind a value that the model holds. */
  readonly minCell: number;
  /** Grid of the cells: 1 for whole numbers, a day, or a power of ten below 1. */
  readonly grid: number;
}

/** Every distinct value as a spike. */
export function empiricalSteps(values: Float64Array, counts: Float64Array): StepsMarginal {
  const ends: number[] = [];
  let below = 0;
  for (let k = 0; k < values.length; k++) {
    below += counts[k]!;
    ends.push(below);
  }
  return { kind: 'steps', ends, low: Array.from(values), high: Array.from(values) };
}

/**
 * Spikes for heaped values, and straight pieces between knots for the rest. A knot is the mean of `minCell` neighbouring
 * order statistics, so that no value of the result is one row's own; a few rows between two spikes are spread over the
 * grid points between them.
 */
export function knotSteps(values: Float64Array, counts: Float64Array, settings: StepSettings): StepsMarginal {
  const { knots, minCell } = settings;
  const size = values.length;
  const starts = new Float64Array(size + 1);
  for (let k = 0; k < size; k++) starts[k + 1] = starts[k]! + counts[k]!;
  const rows = starts[size]!;
  const heaped = size <= knots ? minCell : Math.max(minCell, rows / knots);
  const knotAt = (from: number): number => meanFrom(values, starts, from, minCell);
  const ends: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  const push = (end: number, from: number, to: number): void => {
    ends.push(end);
    low.push(from);
    high.push(to);
  };
  for (let k = 0; k < size; ) {
    if (counts[k]! >= heaped) {
      push(starts[k + 1]!, values[k]!, values[k]!);
      k++;
      continue;
    }
    const first = values[k]!;
    let stop = k + 1;
    while (stop < size && counts[stop]! < heaped) stop++;
    const start = starts[k]!;
    const end = starts[stop]!;
    if (end - start >= minCell) {
      const pieces = Math.max(1, Math.floor((end - start) / Math.max(minCell, rows / knots)));
      const last = end - minCell;
      // Rounding must not carry a mean out of the run.
      const knot = (at: number): number => Math.max(first, Math.min(values[stop - 1]!, knotAt(at)));
      let from = knot(start);
      for (let p = 1; p <= pieces; p++) {
        const at = start + Math.floor(((end - start) * p) / pieces);
        const to = Math.max(from, knot(Math.min(last, Math.max(start, at - (minCell >> 1)))));
        push(at, from, to);
        from = to;
      }
    } else if (k > 0 && stop < size) {
      // One free grid point would be a row's own value: then the spikes' values take part.
      const inset = values[stop]! - values[k - 1]! > 2.5 * settings.grid ? settings.grid : 0;
      push(end, values[k - 1]! + inset, values[stop]! - inset);
    } else {
      // Too few rows at an end: together with the spike's own rows they make a knot.
      const edge = k === 0 ? knotAt(0) : knotAt(rows - minCell);
      const spike = k === 0 ? (stop < size ? values[stop]! : edge) : values[k - 1]!;
      push(end, Math.min(spike, edge), Math.max(spike, edge));
    }
    k = stop;
  }
  return { kind: 'steps', ends, low, high };
}

/** Mean of the sorted rows `from` to `from + width - 1`; shares are summed, so that it cannot overflow. */
function meanFrom(values: Float64Array, starts: Float64Array, from: number, width: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= from) low = middle;
    else high = middle - 1;
  }
  let mean = 0;
  for (let at = from; at < from + width; low++) {
    const next = Math.min(from + width, starts[low + 1]!);
    mean += values[low]! * ((next - at) / width);
    at = next;
  }
  return mean;
}

/** A value for an error message: quoted, escaped, cut to 60 characters. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Order of two strings by UTF-16 code unit, for `sort`. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The candidate nearest to a wrong name (at most a third of its letters differ), for "did you mean". */
export function nearest(wrong: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestCost = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate.toLowerCase() === wrong.toLowerCase()) return candidate;
    if (Math.abs(candidate.length - wrong.length) >= bestCost || wrong.length > 100) continue;
    const cost = editDistance(wrong, candidate);
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 1] ? 0 : 1;
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + swap));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** A copy of a label that does not keep the whole source text alive, as an engine's slice may. */
export function detached(label: string): string {
  return label.length < 13 ? label : label.split('').join('');
}

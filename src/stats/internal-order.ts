/** A sorted copy. Float64Array sorting is numeric, with NaN last and -0 before 0. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values);
  return copy.sort();
}

/** Row indices that put the values in rising order, ties by index (merge sort, stable). */
export function sortingOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  let source = new Uint32Array(n);
  let target = new Uint32Array(n);
  for (let i = 0; i < n; i++) source[i] = i;
  const run = 12;
  for (let start = 0; start < n; start += run) {
    const end = Math.min(start + run, n);
    for (let i = start + 1; i < end; i++) {
      const index = source[i]!;
      const value = values[index]!;
      let j = i - 1;
      while (j >= start && values[source[j]!]! > value) {
        source[j + 1] = source[j]!;
        j--;
      }
      source[j + 1] = index;
    }
  }
  for (let width = run; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || values[source[i]!]! <= values[source[j]!]!)) target[k] = source[i++]!;
        else target[k] = source[j++]!;
      }
    }
    const swap = source;
    source = target;
    target = swap;
  }
  return source;
}

/**
 * Rearranges `values[left..right]` so that the k-th smallest stands at k, smaller or equal ones before it, larger or
 * equal ones after it (Floyd and Rivest's selection would sample; here median of three with Hoare's partition).
 */
export function selectInPlace(values: Float64Array, k: number, from: number, to: number): number {
  let left = from;
  let right = to;
  // When partitions go badly (made-up inputs), sorting the rest keeps the work bounded.
  let budget = 64;
  while (right - left > 16) {
    if (budget-- === 0) {
      values.subarray(left, right + 1).sort();
      return values[k]!;
    }
    const middle = (left + right) >>> 1;
    const a = values[left]!;
    const b = values[middle]!;
    const c = values[right]!;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swap = values[i]!;
        values[i] = values[j]!;
        values[j] = swap;
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return values[k]!;
  }
  for (let i = left + 1; i <= right; i++) {
    const value = values[i]!;
    let j = i - 1;
    while (j >= left && values[j]! > value) {
      values[j + 1] = values[j]!;
      j--;
    }
    values[j + 1] = value;
  }
  return values[k]!;
}

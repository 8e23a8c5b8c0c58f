/** Contexts up to this many codes are indexed by a plain array. */
const DENSE_CODES = 1 << 18;

/** Which distinct contexts some rows have. */
export interface ContextIndex {
  /** Position of each listed row's context in `codes`; -1 where the row has none. */
  readonly ids: Int32Array;
  /** Distinct context codes by first appearance; the first `count` are valid. */
  readonly codes: Float64Array;
  /** Number of distinct contexts. */
  readonly count: number;
}

/**
 * Creates a function that numbers the contexts of rows, with buffers kept from call to call.
 *
 * The arrays of a result are overwritten by the next call.
 */
export function createContextIndexer(
  mostRows: number,
): (
  rows: Int32Array,
  length: number,
  columns: readonly Int16Array[],
  cardinalities: readonly number[],
  possible: number,
) => ContextIndex {
  const ids = new Int32Array(mostRows);
  const rowCodes = new Float64Array(mostRows);
  let codes = new Float64Array(256);
  let dense = new Int32Array(0);
  let slots = new Int32Array(0);

  return (rows, length, columns, cardinalities, possible) => {
    // Column by column: code = code * cardinality + digit; a missing digit makes it -Infinity for good.
    for (let i = 0; i < length; i++) rowCodes[i] = 0;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      const cardinality = cardinalities[k]!;
      for (let i = 0; i < length; i++) {
        const digit = column[rows[i]!]!;
        rowCodes[i] = digit < 0 ? -Infinity : rowCodes[i]! * cardinality + digit;
      }
    }
    let count = 0;
    const add = (code: number): void => {
      if (count === codes.length) {
        const larger = new Float64Array(2 * count);
        larger.set(codes);
        codes = larger;
      }
      codes[count++] = code;
    };
    if (possible <= DENSE_CODES) {
      if (dense.length < possible) dense = new Int32Array(possible);
      for (let i = 0; i < length; i++) {
        const code = rowCodes[i]!;
        if (code < 0) {
          ids[i] = -1;
          continue;
        }
        if (dense[code] === 0) {
          add(code);
          dense[code] = count;
        }
        ids[i] = dense[code]! - 1;
      }
      for (let c = 0; c < count; c++) dense[codes[c]!] = 0;
    } else {
      let bits = 8;
      while (1 << bits < 2 * length) bits++;
      if (slots.length < 1 << bits) slots = new Int32Array(1 << bits);
      else slots.fill(0);
      bits = 31 - Math.clz32(slots.length);
      const mask = slots.length - 1;
      for (let i = 0; i < length; i++) {
        const code = rowCodes[i]!;
        if (code < 0) {
          ids[i] = -1;
          continue;
        }
        const mixed = Math.imul((code | 0) ^ Math.imul((code / 4294967296) | 0, 0x85ebca6b), 0x9e3779b1);
        let slot = mixed >>> (32 - bits);
        while (slots[slot] !== 0 && codes[slots[slot]! - 1] !== code) slot = (slot + 1) & mask;
        if (slots[slot] === 0) {
          add(code);
          slots[slot] = count;
        }
        ids[i] = slots[slot]! - 1;
      }
    }
    return { ids, codes, count };
  };
}

/** Writes a context code's digits as text, `3,0,2`, in the order of the context columns. */
export function contextText(code: number, cardinalities: readonly number[]): string {
  let rest = code;
  let text = '';
  for (let k = cardinalities.length - 1; k >= 0; k--) {
    const digit = rest % cardinalities[k]!;
    rest = (rest - digit) / cardinalities[k]!;
    text = k === cardinalities.length - 1 ? String(digit) : `${digit},${text}`;
  }
  return text;
}

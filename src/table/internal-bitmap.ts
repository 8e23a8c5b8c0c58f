/** Number of bytes of a validity bitmap for so many rows. */
export function bitmapBytes(rows: number): number {
  return (rows + 7) >> 3;
}

/** A bitmap in which every one of the first `rows` bits is 1 and the padding bits are 0. */
export function fullBitmap(rows: number): Uint8Array {
  const bits = new Uint8Array(bitmapBytes(rows)).fill(255);
  if ((rows & 7) !== 0) bits[bits.length - 1] = (1 << (rows & 7)) - 1;
  return bits;
}

/** Whether row i holds a value; an absent bitmap means that every row does. */
export function isPresent(validity: Uint8Array | undefined, row: number): boolean {
  return validity === undefined || (validity[row >> 3]! & (1 << (row & 7))) !== 0;
}

/** Number of rows without a value among the first `rows`. */
export function countMissing(validity: Uint8Array | undefined, rows: number): number {
  if (validity === undefined) return 0;
  let present = 0;
  for (let i = 0; i < rows; i++) present += (validity[i >> 3]! >> (i & 7)) & 1;
  return rows - present;
}

/** Collects which rows of a column under construction are missing; costs nothing while none is. */
export class MissingRows {
  private bits: Uint8Array | undefined = undefined;
  private rows = 0;

  /** Marks a row as missing. Rows may come in any order. */
  mark(row: number): void {
    let bits = this.bits;
    if (bits === undefined || row >> 3 >= bits.length) {
      const wider = new Uint8Array(Math.max(64, (row >> 3) * 2 + 1));
      if (bits !== undefined) wider.set(bits);
      bits = wider;
      this.bits = wider;
    }
    bits[row >> 3] = bits[row >> 3]! | (1 << (row & 7));
    this.rows++;
  }

  /** The validity bitmap for so many rows, or undefined when none was marked. */
  validity(rows: number): Uint8Array | undefined {
    if (this.rows === 0) return undefined;
    const validity = fullBitmap(rows);
    const marked = this.bits!;
    const shared = Math.min(validity.length, marked.length);
    for (let i = 0; i < shared; i++) validity[i] = validity[i]! & ~marked[i]!;
    return validity;
  }
}

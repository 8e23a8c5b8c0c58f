/** One column as codes: -1 for missing, else 0 to size - 1. */
export interface CodedCells {
  /** One code per row. */
  readonly codes: Int32Array;
  /** Number of codes beside -1. */
  readonly size: number;
}

/** Dense counting up to this many combinations, or up to four per row. */
const DENSE = 65536;
const MOST_DENSE = 16777216;

/**
 * Counts rows by combination of codes.
 *
 * @param columns - At least one.
 * @param rows - Rows.
 * @param visit - Called once per combination that occurs, with its codes (the array is reused) and its number of rows.
 */
export function countCodes(
  columns: readonly CodedCells[],
  rows: number,
  visit: (codes: readonly number[], count: number) => void,
): void {
  // Mixed radix with one more digit per column, for missing: the place of a row is offset + sum of code * stride.
  const strides: number[] = new Array(columns.length).fill(1);
  let places = 1;
  let offset = 0;
  for (let c = columns.length - 1; c >= 0; c--) {
    strides[c] = places;
    offset += places;
    places *= columns[c]!.size + 1;
  }
  const codes: number[] = new Array(columns.length).fill(0);
  const show = (place: number, count: number): void => {
    let rest = place;
    for (let c = 0; c < columns.length; c++) {
      const digit = Math.floor(rest / strides[c]!);
      rest -= digit * strides[c]!;
      codes[c] = digit - 1;
    }
    visit(codes, count);
  };
  if (places <= MOST_DENSE && places <= Math.max(DENSE, rows * 4)) {
    const counts = new Int32Array(places);
    countDense(counts, columns, strides, offset, rows);
    for (let place = 0; place < places; place++) if (counts[place] !== 0) show(place, counts[place]!);
  } else if (places <= Number.MAX_SAFE_INTEGER) {
    const counts = new Map<number, number>();
    for (let i = 0; i < rows; i++) {
      let place = offset;
      for (let c = 0; c < columns.length; c++) place += columns[c]!.codes[i]! * strides[c]!;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    for (const [place, count] of counts) show(place, count);
  } else {
    const counts = new Map<string, number>();
    for (let i = 0; i < rows; i++) {
      let key = '';
      for (let c = 0; c < columns.length; c++) key += `${columns[c]!.codes[i]!},`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, count] of counts) {
      const parts = key.split(',');
      for (let c = 0; c < columns.length; c++) codes[c] = Number(parts[c]);
      visit(codes, count);
    }
  }
}

/** Fewer places than this are counted in four strands. */
const STRANDED = 8192;

function countDense(
  counts: Int32Array,
  columns: readonly CodedCells[],
  strides: readonly number[],
  offset: number,
  rows: number,
): void {
  if (columns.length <= 4) {
    countFour(counts, columns, strides, offset, rows);
    return;
  }
  // More columns: places are built column by column in a block that stays in the cache.
  const block = new Int32Array(2048);
  for (let from = 0; from < rows; from += 2048) {
    const size = Math.min(2048, rows - from);
    block.fill(offset);
    for (let k = 0; k < columns.length; k++) {
      const { codes } = columns[k]!;
      const step = strides[k]!;
      for (let i = 0; i < size; i++) block[i]! += codes[from + i]! * step;
    }
    for (let i = 0; i < size; i++) counts[block[i]!]!++;
  }
}

/**
 * One to four columns; those that are not there count the first with stride 0. A loop over columns inside the loop over
 * rows costs three times as much. With few places successive rows often hit one counter and wait for each other, so
 * four rows at a time go to four strands of counters: that halves the time.
 */
function countFour(
  counts: Int32Array,
  columns: readonly CodedCells[],
  strides: readonly number[],
  offset: number,
  rows: number,
): void {
  const a = columns[0]!.codes;
  const b = (columns[1] ?? columns[0]!).codes;
  const c = (columns[2] ?? columns[0]!).codes;
  const d = (columns[3] ?? columns[0]!).codes;
  const [stepA = 0, stepB = 0, stepC = 0, stepD = 0] = strides;
  const strand = counts.length < STRANDED ? counts.length : 0;
  const strands = strand > 0 ? new Int32Array(4 * strand) : counts;
  const offset1 = offset + strand;
  const offset2 = offset1 + strand;
  const offset3 = offset2 + strand;
  const most = rows - (rows % 4);
  for (let i = 0; i < most; i += 4) {
    const place0 =
      (Math.imul(a[i]!, stepA) + Math.imul(b[i]!, stepB) + Math.imul(c[i]!, stepC) + Math.imul(d[i]!, stepD) + offset) |
      0;
    const place1 =
      (Math.imul(a[i + 1]!, stepA) +
        Math.imul(b[i + 1]!, stepB) +
        Math.imul(c[i + 1]!, stepC) +
        Math.imul(d[i + 1]!, stepD) +
        offset1) |
      0;
    const place2 =
      (Math.imul(a[i + 2]!, stepA) +
        Math.imul(b[i + 2]!, stepB) +
        Math.imul(c[i + 2]!, stepC) +
        Math.imul(d[i + 2]!, stepD) +
        offset2) |
      0;
    const place3 =
      (Math.imul(a[i + 3]!, stepA) +
        Math.imul(b[i + 3]!, stepB) +
        Math.imul(c[i + 3]!, stepC) +
        Math.imul(d[i + 3]!, stepD) +
        offset3) |
      0;
    strands[place0]!++;
    strands[place1]!++;
    strands[place2]!++;
    strands[place3]!++;
  }
  for (let i = most; i < rows; i++)
    strands[
      (Math.imul(a[i]!, stepA) + Math.imul(b[i]!, stepB) + Math.imul(c[i]!, stepC) + Math.imul(d[i]!, stepD) + offset) |
        0
    ]!++;
  for (let place = 0; place < strand; place++)
    counts[place] =
      strands[place]! + strands[place + strand]! + strands[place + 2 * strand]! + strands[place + 3 * strand]!;
}

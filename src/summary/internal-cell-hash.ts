import { HIGH } from '../math/internal-bits.ts';
import { deriveKey } from '../random/derive-key.ts';
import { threefryBlock } from '../random/threefry-block.ts';
import { getColumn } from '../table/get-column.ts';
import { isPresent } from '../table/internal-bitmap.ts';
import type { Column, Table } from '../types.ts';

/** Writes the 128-bit hash of a row into `out`; returns false when every cell of it is missing. */
export type RowHash = (out: Uint32Array, row: number) => boolean;

// A keyed hash by chaining Threefry4x32-20 as a block cipher (CBC-MAC). The first block states kind and length, so no
// message is the beginning of another. Good statistical quality for sketches; no secret should rest on it.

/** The 128-bit hash of a text. */
export function hashText(out: Uint32Array, key: Uint32Array, text: string): void {
  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  threefryBlock(k0, k1, k2, k3, text.length, 0, 2, 0, out);
  // charCodeAt past the end is NaN, which the bit operations take as 0.
  for (let i = 0; i < text.length; i += 8)
    threefryBlock(
      k0,
      k1,
      k2,
      k3,
      out[0]! ^ (text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)),
      out[1]! ^ (text.charCodeAt(i + 2) | (text.charCodeAt(i + 3) << 16)),
      out[2]! ^ (text.charCodeAt(i + 4) | (text.charCodeAt(i + 5) << 16)),
      out[3]! ^ (text.charCodeAt(i + 6) | (text.charCodeAt(i + 7) << 16)),
      out,
    );
}

/** Key words of a seed for {@link hashText} and {@link rowHash}. */
export function hashKey(seed: string): Uint32Array {
  return deriveKey(seed, 'summary/cell-hash/1');
}

/** A hash of rows over some columns. Numbers and datetimes by their double, all else by canonical text. */
export function rowHash(table: Table, names: readonly string[], key: Uint32Array): RowHash {
  const hashes = names.map((name) => cellHash(getColumn(table, name), key));
  const first = hashes[0]!;
  if (hashes.length === 1) return first;
  const cell = new Uint32Array(4);
  return (out, row) => {
    let present = first(out, row);
    for (let c = 1; c < hashes.length; c++) {
      present = hashes[c]!(cell, row) || present;
      threefryBlock(out[0]!, out[1]!, out[2]!, out[3]!, cell[0]!, cell[1]!, cell[2]!, cell[3]!, out);
    }
    return present;
  };
}

function cellHash(column: Column, key: Uint32Array): RowHash {
  const { validity } = column;
  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  if (column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime') {
    const { values } = column;
    const double = new Float64Array(1);
    const words = new Uint32Array(double.buffer);
    return (out, row) => {
      const present = isPresent(validity, row);
      if (!present) out.fill(0);
      else {
        const x = values[row]!;
        // -0 counts as 0, and NaN has one form.
        double[0] = x + 0;
        if (!Number.isNaN(x)) threefryBlock(k0, k1, k2, k3, words[1 - HIGH]!, words[HIGH]!, 1, 0, out);
        else threefryBlock(k0, k1, k2, k3, 0, 0x7ff80000, 1, 0, out);
      }
      return present;
    };
  }
  if (column.kind === 'text') {
    const { values } = column;
    return (out, row) => {
      const present = isPresent(validity, row);
      if (!present) out.fill(0);
      else hashText(out, key, values[row]!);
      return present;
    };
  }
  const codes: ArrayLike<number> = column.kind === 'category' ? column.codes : column.values;
  const labels = column.kind === 'category' ? column.labels : ['false', 'true'];
  const known = new Uint8Array(labels.length);
  const hashes = new Uint32Array(4 * labels.length);
  return (out, row) => {
    const present = isPresent(validity, row);
    if (!present) {
      out.fill(0);
      return false;
    }
    const code = codes[row]!;
    if (known[code] === 0) {
      hashText(out, key, labels[code]!);
      hashes.set(out, 4 * code);
      known[code] = 1;
    } else for (let w = 0; w < 4; w++) out[w] = hashes[4 * code + w]!;
    return true;
  };
}

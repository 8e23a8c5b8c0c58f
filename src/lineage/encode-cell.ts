import { SynthproofError } from '../errors.ts';
import {
  createCellBuffer,
  reserve,
  writeBigint,
  writeDay,
  writeHead,
  writeInstant,
  writeNumber,
  writeText,
} from './internal-cbor.ts';

/** A cell as the table digest sees it. Instants and days are epoch milliseconds, told apart from numbers by their key. */
export type DigestCell =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | {
      /** Milliseconds since 1970-01-01T00:00:00Z. */
      readonly instant: number;
    }
  | {
      /** Milliseconds since 1970-01-01 of the day's start. */
      readonly day: number;
    };

/** Options of {@link encodeCell}. */
export interface EncodeCellOptions {
  /** What becomes of NaN and the infinities. Default `reject`. */
  readonly nonFinite?: 'reject' | 'allow' | undefined;
}

/**
 * Canonical bytes of one cell: deterministic CBOR, whole floats as integers, -0 as 0, text as UTF-8 without
 * normalisation. 1, 1.0 and 1e0 give one encoding; the text "1" another.
 * Source: RFC 8949, sections 4.2.1 and 4.2.2; tag 0 for instants, tag 1004 (RFC 8943) for days.
 *
 * @param value - The cell.
 * @param options - See {@link EncodeCellOptions}.
 * @returns The bytes.
 * @throws {@link SynthproofError} `BAD_VALUE` at NaN and the infinities unless allowed, and at an instant or day that
 * is no whole number in range; `BAD_TEXT` at a lone surrogate.
 * @example
 * toHex(encodeCell(1.5)); // => 'f93e00'
 * toHex(encodeCell('é')); // => '62c3a9'
 */
export function encodeCell(value: DigestCell, options: EncodeCellOptions = {}): Uint8Array {
  const buffer = createCellBuffer();
  if (value === null) buffer.bytes[buffer.length++] = 0xf6;
  else if (typeof value === 'boolean') buffer.bytes[buffer.length++] = value ? 0xf5 : 0xf4;
  else if (typeof value === 'number') {
    if (!Number.isFinite(value) && options.nonFinite !== 'allow')
      throw badCell(`${value} is not allowed; set nonFinite`);
    writeNumber(buffer, value);
  } else if (typeof value === 'bigint') writeBigint(buffer, value);
  else if (typeof value === 'string') {
    if (!writeText(buffer, value))
      throw new SynthproofError('BAD_TEXT', 'value: text with a lone surrogate has no UTF-8 form', {
        argument: 'value',
      });
  } else if (value instanceof Uint8Array) {
    reserve(buffer, 9 + value.length);
    writeHead(buffer, 2, value.length);
    buffer.bytes.set(value, buffer.length);
    buffer.length += value.length;
  } else if (typeof value === 'object' && 'instant' in value) {
    if (!isInstant(value.instant))
      throw badCell(`instant ${value.instant} is no whole number of milliseconds in range`);
    writeInstant(buffer, value.instant);
  } else if (typeof value === 'object' && 'day' in value) {
    if (!isDay(value.day)) throw badCell(`day ${value.day} is no midnight of the years 0000 to 9999`);
    writeDay(buffer, value.day);
  } else
    throw badCell(`expected null, boolean, number, bigint, string, bytes, instant or day, received ${typeof value}`);
  return buffer.bytes.slice(0, buffer.length);
}

/** Whether epoch milliseconds can be written as an instant: whole, and within 8.64e15 of 1970. */
export function isInstant(milliseconds: number): boolean {
  return Number.isInteger(milliseconds) && Math.abs(milliseconds) <= 8_640_000_000_000_000;
}

/** Whether epoch milliseconds are midnight of a day in the years 0000 to 9999. */
export function isDay(milliseconds: number): boolean {
  return milliseconds % 86_400_000 === 0 && milliseconds >= -62_167_219_200_000 && milliseconds <= 253_402_300_799_999;
}

function badCell(fault: string): SynthproofError {
  return new SynthproofError('BAD_VALUE', `value: ${fault}`, { argument: 'value' });
}

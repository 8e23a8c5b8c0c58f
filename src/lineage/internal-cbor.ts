import { fillUtf8 } from '../hash/utf8.ts';
import { civilFromDays, DAY_MS } from '../table/internal-calendar.ts';

/** A growing buffer that cells are written to. */
export interface CellBuffer {
  /** The bytes; replaced by a larger array when they run out. */
  bytes: Uint8Array;
  /** The same bytes for big-endian floats. */
  view: DataView;
  /** Number of bytes written. */
  length: number;
}

/** A new, empty buffer. */
export function createCellBuffer(): CellBuffer {
  const bytes = new Uint8Array(1024);
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
}

/** Makes room for `extra` more bytes. */
export function reserve(buffer: CellBuffer, extra: number): void {
  if (buffer.length + extra <= buffer.bytes.length) return;
  const bytes = new Uint8Array(2 * (buffer.length + extra));
  bytes.set(buffer.bytes.subarray(0, buffer.length));
  buffer.bytes = bytes;
  buffer.view = new DataView(bytes.buffer);
}

/** Writes major type and argument in the shortest form (RFC 8949, section 4.2.1). Up to 2^53 - 1. */
export function writeHead(buffer: CellBuffer, major: number, value: number): void {
  const code = value < 24 ? value : value < 0x100 ? 24 : value < 0x10000 ? 25 : value < 0x100000000 ? 26 : 27;
  buffer.bytes[buffer.length++] = (major << 5) | code;
  if (code >= 24) writePlaces(buffer, value, 1 << (code - 24), 256, 0);
}

/** Writes the last `width` digits of a whole number, each as a byte on top of `zero`. */
function writePlaces(buffer: CellBuffer, value: number, width: number, base: number, zero: number): void {
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    const next = Math.floor(rest / base);
    buffer.bytes[buffer.length + i] = zero + rest - next * base;
    rest = next;
  }
  buffer.length += width;
}

/**
 * Writes a number: whole values in [-2^63, 2^64) as integers, -0 as 0, others as the shortest float that keeps the
 * value, every NaN as one NaN (dCBOR's numeric reduction; RFC 8949, section 4.2.2). Needs 9 free bytes.
 */
export function writeNumber(buffer: CellBuffer, value: number): void {
  const { view } = buffer;
  if (Math.floor(value) === value && value >= -0x8000000000000000 && value < 0x10000000000000000) {
    if (value >= 0) {
      if (value <= 9007199254740991) writeHead(buffer, 0, value);
      else writeWide(buffer, 0x1b, value);
    } else if (value >= -9007199254740991) writeHead(buffer, 1, -1 - value);
    else writeWide(buffer, 0x3b, -value);
    return;
  }
  const at = buffer.length;
  if (Math.fround(value) !== value && !Number.isNaN(value)) {
    buffer.bytes[at] = 0xfb;
    view.setFloat64(at + 1, value);
    buffer.length = at + 9;
    return;
  }
  view.setFloat32(at + 1, value);
  const bits = view.getUint32(at + 1);
  const half = Number.isNaN(value) ? 0x7e00 : halfBits(bits);
  if (half < 0) {
    buffer.bytes[at] = 0xfa;
    buffer.length = at + 5;
  } else {
    buffer.bytes[at] = 0xf9;
    view.setUint16(at + 1, half);
    buffer.length = at + 3;
  }
}

/** Writes a whole number of size 2^53 or more; for negative ones the head's value is one less than the size. */
function writeWide(buffer: CellBuffer, head: number, size: number): void {
  const high = Math.floor(size / 4294967296);
  const low = size % 4294967296;
  const borrow = head === 0x3b && low === 0 ? 1 : 0;
  buffer.bytes[buffer.length++] = head;
  writePlaces(buffer, high - borrow, 4, 256, 0);
  writePlaces(buffer, head === 0x3b ? low - 1 : low, 4, 256, 0);
}

/** Half-precision bits of a single-precision value, or -1 when it does not fit without loss. */
function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 255;
  const mantissa = bits & 0x7fffff;
  if (exponent === 255) return sign | 0x7c00;
  if (exponent >= 113 && exponent <= 142)
    return (mantissa & 0x1fff) === 0 ? sign | ((exponent - 112) << 10) | (mantissa >>> 13) : -1;
  if (exponent >= 103 && exponent < 113) {
    // Below 2^-14 a half has no implicit bit: the mantissa shifts right and must lose no set bit.
    const full = mantissa | 0x800000;
    const shift = 126 - exponent;
    return (full & ((1 << shift) - 1)) === 0 ? sign | (full >>> shift) : -1;
  }
  return -1;
}

/** Writes a text; returns false at a lone surrogate. Makes its own room. */
export function writeText(buffer: CellBuffer, text: string): boolean {
  reserve(buffer, 9 + 3 * text.length);
  const start = buffer.length;
  // Most texts are ASCII: the head states the number of code units first, and text with more bytes is written again.
  for (let bytes = text.length; ; ) {
    writeHead(buffer, 3, bytes);
    const end = fillUtf8(buffer.bytes, buffer.length, text);
    if (end < 0) return false;
    const made = end - buffer.length;
    buffer.length = made === bytes ? end : start;
    if (made === bytes) return true;
    bytes = made;
  }
}

/** Writes an integer of any size: RFC 8949 section 3.4.3 beyond 64 bits. Makes its own room. */
export function writeBigint(buffer: CellBuffer, value: bigint): void {
  const negative = value < 0n;
  let rest = negative ? -1n - value : value;
  if (rest <= 9007199254740991n) {
    reserve(buffer, 9);
    writeHead(buffer, negative ? 1 : 0, Number(rest));
    return;
  }
  const digits: number[] = [];
  while (rest > 0n) {
    digits.push(Number(rest & 255n));
    rest >>= 8n;
  }
  reserve(buffer, 10 + digits.length);
  if (digits.length <= 8) {
    while (digits.length < 8) digits.push(0);
    buffer.bytes[buffer.length++] = negative ? 0x3b : 0x1b;
  } else {
    buffer.bytes[buffer.length++] = negative ? 0xc3 : 0xc2;
    writeHead(buffer, 2, digits.length);
  }
  for (let i = digits.length - 1; i >= 0; i--) buffer.bytes[buffer.length++] = digits[i]!;
}

/**
 * Writes an instant as tag 0 and its text with milliseconds in UTC, `1970-01-01T00:00:00.000Z`; years outside 0000 to
 * 9999 as sign and six digits. Needs 40 free bytes; the caller has checked the value.
 */
export function writeInstant(buffer: CellBuffer, milliseconds: number): void {
  const days = Math.floor(milliseconds / DAY_MS);
  const rest = milliseconds - days * DAY_MS;
  const [year, month, day] = civilFromDays(days);
  const wide = year < 0 || year > 9999;
  const { bytes } = buffer;
  bytes[buffer.length++] = 0xc0;
  writeHead(buffer, 3, wide ? 27 : 24);
  if (wide) bytes[buffer.length++] = year < 0 ? 45 : 43;
  writeDate(buffer, Math.abs(year), wide ? 6 : 4, month, day);
  bytes[buffer.length++] = 84; // T
  writeDigits(buffer, Math.floor(rest / 3_600_000), 2);
  bytes[buffer.length++] = 58; // :
  writeDigits(buffer, Math.floor(rest / 60_000) % 60, 2);
  bytes[buffer.length++] = 58;
  writeDigits(buffer, Math.floor(rest / 1000) % 60, 2);
  bytes[buffer.length++] = 46; // .
  writeDigits(buffer, rest % 1000, 3);
  bytes[buffer.length++] = 90; // Z
}

/** Writes a calendar day as tag 1004 and `YYYY-MM-DD` (RFC 8943). Needs 20 free bytes; years 0000 to 9999. */
export function writeDay(buffer: CellBuffer, milliseconds: number): void {
  const [year, month, day] = civilFromDays(Math.floor(milliseconds / DAY_MS));
  buffer.bytes[buffer.length++] = 0xd9;
  buffer.bytes[buffer.length++] = 0x03;
  buffer.bytes[buffer.length++] = 0xec;
  writeHead(buffer, 3, 10);
  writeDate(buffer, year, 4, month, day);
}

function writeDate(buffer: CellBuffer, year: number, width: number, month: number, day: number): void {
  writeDigits(buffer, year, width);
  buffer.bytes[buffer.length++] = 45; // -
  writeDigits(buffer, month, 2);
  buffer.bytes[buffer.length++] = 45;
  writeDigits(buffer, day, 2);
}

function writeDigits(buffer: CellBuffer, value: number, width: number): void {
  writePlaces(buffer, value, width, 10, 48);
}

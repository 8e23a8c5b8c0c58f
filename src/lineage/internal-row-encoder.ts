import { SynthproofError, type SynthproofErrorCode } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { isDay, isInstant } from './encode-cell.ts';
import {
  type CellBuffer,
  createCellBuffer,
  reserve,
  writeDay,
  writeHead,
  writeInstant,
  writeNumber,
  writeText,
} from './internal-cbor.ts';
import type { DigestColumnType, TableDescriptor } from './types.ts';

/** Writes one cell of one column. */
type CellWriter = (buffer: CellBuffer, row: number) => void;

/** The digest type of a column. */
export function digestTypeOf(column: Column): DigestColumnType {
  switch (column.kind) {
    case 'number':
      return 'float';
    case 'integer':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'datetime':
      return column.unit === 'day' ? 'date' : 'datetime';
    default:
      return 'string';
  }
}

/** Whether a column can be read as a digest type; numbers may be stated as int or float, the cells decide. */
export function fitsDigestType(column: Column, type: DigestColumnType): boolean {
  const own = digestTypeOf(column);
  return own === type || ((own === 'int' || own === 'float') && (type === 'int' || type === 'float'));
}

/**
 * A function that writes a row's canonical bytes, a CBOR array, behind what the buffer holds.
 *
 * @param table - The table.
 * @param descriptor - Its columns, already checked against the table.
 * @returns The writer; it throws `BAD_VALUE` or `BAD_TEXT` at a cell that has no encoding.
 */
export function createRowWriter(table: Table, descriptor: TableDescriptor): (buffer: CellBuffer, row: number) => void {
  const allow = descriptor.nonFinite === 'allow';
  const writers = table.columns.map((column, i) => writerOf(column, descriptor.columns[i]!.type, allow));
  const validity = table.columns.map((column) => column.validity);
  return (buffer, row) => {
    reserve(buffer, 9);
    writeHead(buffer, 4, writers.length);
    for (let c = 0; c < writers.length; c++) {
      const bits = validity[c];
      reserve(buffer, 40);
      if (bits !== undefined && ((bits[row >> 3]! >> (row & 7)) & 1) === 0) buffer.bytes[buffer.length++] = 0xf6;
      else writers[c]!(buffer, row);
    }
  };
}

function writerOf(column: Column, type: DigestColumnType, allow: boolean): CellWriter {
  switch (column.kind) {
    case 'number':
    case 'integer': {
      const { values } = column;
      const whole = type === 'int';
      return (buffer, row) => {
        const value = values[row]!;
        // value - value is NaN for NaN and the infinities only.
        if (value - value !== 0 && !allow)
          throw badValue(column.name, row, `${value} is not allowed; make it missing, or set nonFinite to 'allow'`);
        if (whole && Math.floor(value) !== value)
          throw badValue(column.name, row, `${value} is not whole in an int column`);
        writeNumber(buffer, value);
      };
    }
    case 'boolean': {
      const { values } = column;
      return (buffer, row) => {
        buffer.bytes[buffer.length++] = values[row] === 0 ? 0xf4 : 0xf5;
      };
    }
    case 'category': {
      // Each label is encoded once.
      const { codes } = column;
      const labels = column.labels.map((label) => encodedText(label, column.name));
      return (buffer, row) => {
        const label = labels[codes[row]!];
        if (label === undefined) throw badValue(column.name, row, `code ${codes[row]} has no label`);
        reserve(buffer, label.length);
        buffer.bytes.set(label, buffer.length);
        buffer.length += label.length;
      };
    }
    case 'datetime': {
      const { values } = column;
      const day = type === 'date';
      return (buffer, row) => {
        const value = values[row]!;
        if (day ? !isDay(value) : !isInstant(value))
          throw badValue(column.name, row, `${value} is no whole ${day ? 'day' : 'millisecond'} in range`);
        if (day) writeDay(buffer, value);
        else writeInstant(buffer, value);
      };
    }
    default: {
      const { values } = column;
      return (buffer, row) => {
        if (!writeText(buffer, values[row]!)) throw badText(column.name, row);
      };
    }
  }
}

function encodedText(label: string, column: string): Uint8Array {
  const buffer = createCellBuffer();
  if (!writeText(buffer, label)) throw badText(column);
  return buffer.bytes.slice(0, buffer.length);
}

function badText(column: string, row?: number): SynthproofError {
  return badCell('BAD_TEXT', column, row, 'text with a lone surrogate has no UTF-8 form; repair it');
}

function badValue(column: string, row: number, fault: string): SynthproofError {
  return badCell('BAD_VALUE', column, row, fault);
}

function badCell(code: SynthproofErrorCode, column: string, row: number | undefined, fault: string): SynthproofError {
  const place = row === undefined ? '' : `, row ${row}`;
  return new SynthproofError(code, `table: column "${column}"${place}: ${fault}`, { argument: 'table', column, row });
}

import { SynthproofError } from '../errors.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import { getColumn } from '../table/get-column.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Table } from '../types.ts';
import { type CodedCells, countCodes } from './internal-count-codes.ts';
import { addCounts, badSummary, readCount, readList } from './internal-read.ts';

/** A level of each column: canonical text, or null where the cell is missing. */
export type CellLevels = readonly (string | null)[];

/** One combination of levels. */
export interface CountedCell {
  /** A level of each column. */
  readonly levels: CellLevels;
  /** Rows by slot. */
  readonly counts: number[];
}

/** Combinations of levels by the JSON text of their levels. */
export interface CellMap {
  /** Counts per combination. */
  readonly width: number;
  /** More combinations than this are refused. */
  readonly maxCells: number;
  /** The combinations. */
  readonly cells: Map<string, CountedCell>;
}

/** No combinations yet. */
export function emptyCells(width: number, maxCells: number): CellMap {
  return { width, maxCells, cells: new Map() };
}

function cellOf(map: CellMap, levels: CellLevels): CountedCell {
  const key = JSON.stringify(levels);
  const known = map.cells.get(key);
  if (known !== undefined) return known;
  // Combinations only ever grow in number, so whether this throws does not depend on the order of chunks.
  if (map.cells.size >= map.maxCells)
    throw new SynthproofError(
      'NO_CAPACITY',
      `columns: more than ${map.maxCells} combinations of levels occur; raise maxCells, coarsen the columns, or use topValuesSummary or distinctSummary`,
      { argument: 'columns' },
    );
  const cell = { levels, counts: new Array<number>(map.width).fill(0) };
  map.cells.set(key, cell);
  return cell;
}

/**
 * Counts the rows of a table into the map.
 *
 * @param map - Counts so far.
 * @param table - Rows.
 * @param names - Columns whose levels make a combination.
 * @param extra - Further coded columns that choose the slot.
 * @param slotOf - The slot, from the codes of the extra columns.
 */
export function countTable(
  map: CellMap,
  table: Table,
  names: readonly string[],
  extra: readonly CodedCells[],
  slotOf: (codes: readonly number[]) => number,
): void {
  const groups = names.map((name) => groupCodes(getColumn(table, name)));
  const coded: CodedCells[] = groups.map(({ codes, labels }) => ({ codes, size: labels.length }));
  const width = names.length;
  let last: CountedCell | undefined;
  const lastCodes: number[] = [];
  countCodes([...coded, ...extra], table.rowCount, (codes, count) => {
    let same = last !== undefined;
    for (let c = 0; c < width && same; c++) same = codes[c] === lastCodes[c];
    if (!same || last === undefined) {
      const levels: (string | null)[] = [];
      for (let c = 0; c < width; c++) {
        levels.push(codes[c]! < 0 ? null : groups[c]!.labels[codes[c]!]!);
        lastCodes[c] = codes[c]!;
      }
      last = cellOf(map, levels);
    }
    last.counts[slotOf(codes.slice(width))]! += count;
  });
}

/** Adds the counts of one map to another. */
export function combineCells(into: CellMap, from: CellMap): void {
  for (const { levels, counts } of from.cells.values()) {
    const cell = cellOf(into, levels);
    for (let s = 0; s < counts.length; s++) cell.counts[s] = addCounts(cell.counts[s]!, counts[s]!);
  }
}

/** The combinations in order of their levels, by code unit, missing last. */
export function sortedCells(map: CellMap): CountedCell[] {
  return [...map.cells.values()].sort((a, b) => {
    for (let c = 0; c < a.levels.length; c++) {
      const step = compareLevels(a.levels[c]!, b.levels[c]!);
      if (step !== 0) return step;
    }
    return 0;
  });
}

/** Order of levels: by code unit, missing last. */
export function compareLevels(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

/** The map as JSON: [levels, counts] per combination. */
export function writeCells(map: CellMap): JsonValue {
  return sortedCells(map).map(({ levels, counts }) => [levels, [...counts]]);
}

/** Reads {@link writeCells}. */
export function readCells(value: unknown, columns: number, width: number, maxCells: number, path: string): CellMap {
  const map = emptyCells(width, maxCells);
  const list = readList(value, path);
  for (let i = 0; i < list.length; i++) {
    const place = `${path}/${i}`;
    const pair = readList(list[i], place, 2);
    const levels = readList(pair[0], `${place}/0`, columns);
    if (!levels.every((level) => level === null || typeof level === 'string'))
      throw badSummary(`${place}/0`, 'texts or null');
    const cell = cellOf(map, [...levels] as (string | null)[]);
    const counts = readList(pair[1], `${place}/1`, width);
    let total = 0;
    for (let s = 0; s < width; s++) {
      cell.counts[s] = readCount(counts[s], `${place}/1/${s}`);
      total += cell.counts[s]!;
    }
    if (total === 0) throw badSummary(place, 'a combination that occurs');
  }
  return map;
}

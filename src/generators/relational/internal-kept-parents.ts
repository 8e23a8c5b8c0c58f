import { SynthproofError } from '../../errors.ts';
import { cellText } from '../../table/cell-text.ts';
import { getColumn } from '../../table/get-column.ts';
import { sliceRows } from '../../table/slice-rows.ts';
import type { Column, Table } from '../../types.ts';
import { checkShape } from '../shared/internal-options.ts';
import { rootColumns } from './internal-draw-children.ts';
import type { RelationalModel } from './relational-types.ts';

/** The kept parents' columns of rows offset to offset + rows - 1, in the order of the model. */
export function keptParents(model: RelationalModel, kept: Table, offset: number, rows: number): Column[] {
  checkShape('kept', kept);
  if (kept.rowCount < offset + rows)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `kept: expected at least offset + rows = ${offset + rows} parents, received ${kept.rowCount}; parent i of the sample is row i`,
      { argument: 'kept' },
    );
  const root = model.tables[0]!;
  checkKeys(getColumn(kept, model.levels[0]!.key), kept.rowCount);
  return rootColumns(root).map((name, position) => {
    const real = getColumn(kept, name);
    const { kind } = root.columns[position]!;
    if (real.kind !== kind)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `kept: column "${name}" was fitted as ${kind}, received ${real.kind}; cast it`,
        { argument: 'kept', column: name },
      );
    return sliceRows({ rowCount: kept.rowCount, columns: [real] }, offset, offset + rows).columns[0]!;
  });
}

function checkKeys(column: Column, rows: number): void {
  const seen = new Set<string>();
  for (let row = 0; row < rows; row++) {
    const text = cellText(column, row);
    if (text === null || seen.has(text))
      throw new SynthproofError(
        'BAD_VALUE',
        `kept: key "${column.name}", row ${row}: ${text === null ? 'is missing' : `${text} stands in an earlier row too`}; give each parent its own key`,
        { argument: 'kept', column: column.name, row },
      );
    seen.add(text);
  }
}

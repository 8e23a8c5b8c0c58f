import type { FairTarget } from '../../bias/fair/fair-target-types.ts';
import { SynthproofError } from '../../errors.ts';
import { getColumn } from '../../table/get-column.ts';
import { groupCodes } from '../../table/group-codes.ts';
import type { Table } from '../../types.ts';

/** Level of missing cells, as the target writes it. */
const MISSING = '(missing)';

/** Position of each row's cell in the target's list; -1 for a combination of levels that the target does not list. */
export function cellOfRows(table: Table, target: FairTarget): Int32Array {
  const coded = target.columns.map((name) => groupCodes(getColumn(table, name)));
  // Cells as a tree of maps: levels may hold any text, so no separator is safe.
  const root: CellMap = new Map();
  for (let cell = 0; cell < target.cells.length; cell++) {
    let node = root;
    for (const value of target.cells[cell]!.values) {
      const next = (node.get(value) as CellMap | undefined) ?? new Map();
      node.set(value, next);
      node = next;
    }
    node.set('', cell);
  }
  const out = new Int32Array(table.rowCount);
  for (let i = 0; i < out.length; i++) {
    let node: CellMap | undefined = root;
    for (const { codes, labels } of coded) {
      const code: number = codes[i]!;
      node = node?.get(code < 0 ? MISSING : labels[code]!) as CellMap | undefined;
    }
    out[i] = node === undefined ? -1 : (node.get('') as number);
  }
  return out;
}

type CellMap = Map<string, CellMap | number>;

/** Refuses what is not a target, for example one read back from a damaged record. */
export function checkTarget(target: FairTarget): void {
  const lists = [target.columns, target.cells, target.sensitive, target.classes];
  let sound = target.kind === 'fair-target' && target.version === 1 && lists.every(Array.isArray);
  sound = sound && target.columns[target.sensitive.length] === target.label && target.cells.length > 0;
  let total = 0;
  for (const cell of sound ? target.cells : []) {
    sound = sound && Array.isArray(cell.values) && cell.values.length === target.columns.length && cell.target >= 0;
    total += cell.target;
  }
  if (!sound || !(Math.abs(total - 1) < 1e-6))
    throw new SynthproofError(
      'BAD_OPTION',
      `target: expected the result of fairTarget, with shares that add up to 1, received ${sound ? `a total of ${total}` : 'something else'}; pass it unchanged`,
      { argument: 'target' },
    );
}

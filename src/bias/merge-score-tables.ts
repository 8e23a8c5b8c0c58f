import { mergeHeads, sortCells } from './internal-merge-levels.ts';
import type { ScoreCell, ScoreTable } from './score-table.ts';

/**
 * The score table of the rows of several score tables together: exactly what {@link scoreTable} makes of all rows at once, in
 * whatever parts and order they come.
 *
 * @param tables - At least one; all of one and the same spec.
 * @returns The sum, see {@link ScoreTable}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no tables, `SPEC_MISMATCH` when they count different things.
 * @example
 * const spec = { sensitive: ['sex'], score: 'score' };
 * const one = createTable([categoryColumn('sex', ['f', 'f']), numberColumn('score', [0.5, 0.1])]);
 * mergeScoreTables([scoreTable(one, spec), scoreTable(one, spec)]).cells[0].n; // => [2, 2]
 */
export function mergeScoreTables(tables: readonly ScoreTable[]): ScoreTable {
  const head = mergeHeads(tables, 'score table');
  const parts = new Map<string, ScoreCell[]>();
  for (const table of tables)
    for (const cell of table.cells) {
      const key = JSON.stringify([cell.stratum, cell.group, cell.label]);
      const list = parts.get(key);
      if (list === undefined) parts.set(key, [cell]);
      else list.push(cell);
    }
  const merged = [...parts.values()].map(mergeCells).sort((a, b) => a.label - b.label);
  return { ...head, cells: sortCells(merged, head.controlLevels, head.levels) };
}

/** Merges lists pair by pair, so that each entry is moved as often as the list of cells can be halved. */
function mergeCells(cells: readonly ScoreCell[]): ScoreCell {
  if (cells.length === 1) return cells[0]!;
  const half = cells.length >> 1;
  const a = mergeCells(cells.slice(0, half));
  const b = mergeCells(cells.slice(half));
  const scores: number[] = [];
  const weights: number[] | null = a.weights === null ? null : [];
  const n: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.n.length || j < b.n.length) {
    const step =
      i === a.n.length
        ? 1
        : j === b.n.length
          ? -1
          : a.scores[i]! - b.scores[j]! || (a.weights?.[i] ?? 0) - (b.weights?.[j] ?? 0);
    const [cell, k] = step <= 0 ? [a, i] : [b, j];
    scores.push(cell.scores[k]!);
    weights?.push(cell.weights![k]!);
    n.push(cell.n[k]! + (step === 0 ? b.n[j]! : 0));
    if (step <= 0) i++;
    if (step >= 0) j++;
  }
  return { ...a, scores, weights, n };
}

import { SynthproofError } from '../errors.ts';
import type { ScoreCell, ScoreTable } from './score-table.ts';

/** Refuses what is no score table, and one without labels or with weights where that is no use. */
export function checkScoreTable(
  cells: ScoreTable,
  needs: { readonly label?: boolean; readonly plain?: boolean },
): void {
  if (cells?.kind !== 'score-table' || cells.version !== 1 || !Array.isArray(cells.cells))
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `cells: expected a score table, received ${JSON.stringify(cells?.kind) ?? 'nothing'}; make one with scoreTable`,
      { argument: 'cells' },
    );
  if (needs.label === true && !cells.hasLabel)
    throw new SynthproofError('SPEC_MISMATCH', "cells: expected labels; name the label in scoreTable's spec", {
      argument: 'cells',
    });
  if (needs.plain === true && cells.weighted)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      "cells: expected counts without weights; leave the weight out of scoreTable's spec",
      { argument: 'cells' },
    );
  for (const cell of cells.cells) checkCell(cell, cells.weighted);
}

/** Refuses a cell that {@link scoreTable} cannot have made: tables come back from JSON too. */
function checkCell({ scores, weights, n, label }: ScoreCell, weighted: boolean): void {
  let sound = (label === 0 || label === 1) && n.length > 0 && scores.length === n.length;
  sound &&= weighted ? weights?.length === n.length : weights === null;
  for (let i = 0; i < n.length && sound; i++) {
    const [score, weight] = [scores[i]!, weights === null ? 0 : weights[i]!];
    const step = i === 0 ? 1 : score - scores[i - 1]! || (weights === null ? 0 : weight - weights[i - 1]!);
    sound = Number.isFinite(score) && weight >= 0 && weight < Infinity && step > 0;
    sound &&= Number.isSafeInteger(n[i]) && n[i]! > 0;
  }
  if (!sound)
    throw new SynthproofError(
      'BAD_VALUE',
      'cells: expected rising finite scores with whole counts above 0, received others; pass a table as scoreTable made it',
      { argument: 'cells' },
    );
}

/** Distinct scores of some cells, rising, with their rows in each class of cells. */
export interface JoinedScores {
  /** Distinct scores. */
  readonly scores: Float64Array;
  /** Rows of each score, by class. */
  readonly n: readonly Float64Array[];
}

/** Joins cells without weights into one list of distinct scores; `classOf` a cell is 0, 1 and so on. */
export function joinScores(
  cells: readonly ScoreCell[],
  classOf: (cell: ScoreCell) => number,
  classes: number,
): JoinedScores {
  const all = new Float64Array(cells.reduce((sum, cell) => sum + cell.n.length, 0));
  let filled = 0;
  for (const cell of cells) for (const score of cell.scores) all[filled++] = score;
  all.sort();
  let distinct = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[distinct - 1]) all[distinct++] = all[i]!;
  const n = Array.from({ length: classes }, () => new Float64Array(distinct));
  for (const cell of cells) {
    const into = n[classOf(cell)]!;
    // Both lists rise: one walk finds every score.
    for (let i = 0, at = 0; i < cell.n.length; i++) {
      while (all[at] !== cell.scores[i]) at++;
      into[at]! += cell.n[i]!;
    }
  }
  return { scores: all.slice(0, distinct), n };
}

/** Cells by group, in the table's order. */
export function cellsByGroup(cells: readonly ScoreCell[]): ScoreCell[][] {
  const groups = new Map<string, ScoreCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.group);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [cell]);
    else list.push(cell);
  }
  return [...groups.values()];
}

/** Rows of some cells. */
export function rowsIn(cells: readonly ScoreCell[]): number {
  let rows = 0;
  for (const cell of cells) for (const n of cell.n) rows += n;
  return rows;
}

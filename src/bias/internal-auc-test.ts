import { fillShuffled } from '../random/fill-shuffled.ts';
import type { Rng } from '../types.ts';
import type { ScoreCell } from './score-table.ts';

/** Rows of one label by rising score: their group, weight, and how many distinct scores stand below theirs. */
interface Deck {
  readonly group: Int32Array;
  readonly weight: Float64Array;
  readonly rank: Int32Array;
}

/**
 * Permutation test of the greatest minus the least AUC: rows keep score, weight and label, and are dealt anew to the groups
 * within each label. One list of cells per group.
 */
export function testAucGap(
  groups: readonly (readonly ScoreCell[])[],
  draws: number,
  rng: Rng,
): { readonly pValue: number; readonly nullExpectation: number } {
  const scores = Float64Array.from(groups.flatMap((cells) => cells.flatMap((cell) => cell.scores))).sort();
  const rankOf = new Map<number, number>();
  for (const score of scores) if (!rankOf.has(score)) rankOf.set(score, rankOf.size);
  const decks = [0, 1].map((label) => deckOf(groups, label, rankOf));
  const found = gapOf(decks, rankOf.size, groups.length);
  let exceed = 0;
  let sum = 0;
  for (let d = 0; d < draws; d++) {
    for (const deck of decks) fillShuffled(deck.group, rng);
    const gap = gapOf(decks, rankOf.size, groups.length);
    sum += gap;
    if (gap >= found - 1e-12) exceed++;
  }
  return { pValue: (1 + exceed) / (1 + draws), nullExpectation: sum / draws };
}

function deckOf(groups: readonly (readonly ScoreCell[])[], label: number, rankOf: ReadonlyMap<number, number>): Deck {
  const rows: { group: number; weight: number; rank: number; n: number }[] = [];
  groups.forEach((cells, group) => {
    for (const cell of cells)
      if (cell.label === label)
        cell.scores.forEach((score, i) => {
          rows.push({ group, weight: cell.weights?.[i] ?? 1, rank: rankOf.get(score)!, n: cell.n[i]! });
        });
  });
  rows.sort((a, b) => a.rank - b.rank || a.group - b.group || a.weight - b.weight);
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  const deck = { group: new Int32Array(total), weight: new Float64Array(total), rank: new Int32Array(total) };
  let at = 0;
  for (const row of rows) {
    deck.group.fill(row.group, at, at + row.n);
    deck.weight.fill(row.weight, at, at + row.n);
    deck.rank.fill(row.rank, at, at + row.n);
    at += row.n;
  }
  return deck;
}

/** Greatest minus least AUC over groups that have both labels. */
function gapOf(decks: readonly Deck[], ranks: number, groups: number): number {
  const [negative, positive] = decks as readonly [Deck, Deck];
  const below = new Float64Array(groups);
  const mass = new Float64Array(groups);
  const area = new Float64Array(groups);
  for (let r = 0, i = 0, j = 0; r < ranks; r++) {
    const from = i;
    // Half of the ties before the positives, half after.
    for (; i < negative.rank.length && negative.rank[i] === r; i++)
      below[negative.group[i]!]! += negative.weight[i]! / 2;
    for (; j < positive.rank.length && positive.rank[j] === r; j++) {
      const g = positive.group[j]!;
      mass[g]! += positive.weight[j]!;
      area[g]! += positive.weight[j]! * below[g]!;
    }
    for (let k = from; k < i; k++) below[negative.group[k]!]! += negative.weight[k]! / 2;
  }
  let least = 1;
  let most = 0;
  for (let g = 0; g < groups; g++) {
    if (below[g] === 0 || mass[g] === 0) continue;
    const auc = area[g]! / (below[g]! * mass[g]!);
    least = Math.min(least, auc);
    most = Math.max(most, auc);
  }
  return Math.max(0, most - least);
}

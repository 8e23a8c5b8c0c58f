import type { Table } from '../types.ts';
import { type RankingParity, type RankingParityOptions, rankingParityOf } from './ranking-parity-of.ts';
import { scoreTable } from './score-table.ts';

/** What {@link rankingParity} measures. */
export interface RankingParitySpec extends RankingParityOptions {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** Name of the column of scores: the highest stands first. */
  readonly score: string;
}

/**
 * Groups in a ranking: who stands among the first k, and who is seen. Exposure of place i is 1 / log2(i + 1); rows of equal
 * score share their places' mean, so the order of rows never matters.
 *
 * The same from counts of shards: {@link rankingParityOf}.
 * Source: Singh & Joachims 2018 (exposure); Geyik, Ambler & Kenthapadi 2019 (skew at k).
 *
 * @param table - The rows.
 * @param spec - See {@link RankingParitySpec}.
 * @returns See {@link RankingParity}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), numberColumn('score', [0.9, 0.1, 0.8, 0.7])]);
 * const found = rankingParity(rows, { sensitive: ['sex'], score: 'score', k: 2, minN: 1 });
 * found.groups.map((one) => [one.group, one.topShare, one.skew]); // => [['f', 0.5, 1], ['m', 0.5, 1]]
 */
export function rankingParity(table: Table, spec: RankingParitySpec): RankingParity {
  const { sensitive, score } = spec;
  return rankingParityOf(scoreTable(table, { sensitive, score }), spec);
}

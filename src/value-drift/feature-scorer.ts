import { SynthproofError } from '../errors.ts';
import type { ValueSpec } from './create-value-spec.ts';
import type { ValueScorer, ValueScores } from './value-scorer.ts';

/** One row of scores per item, one number per value; null or NaN where there is none. */
export type FeatureRows = readonly ArrayLike<number | null | undefined>[];

/**
 * Takes scores that exist already: judges' marks, embedding similarities, sparse-autoencoder activations, sensor data.
 *
 * @param spec - The values, one per column of the rows.
 * @param method - What made the scores, with its version: part of the scorer's id, so that scores of two methods are
 * never compared. Default `given`.
 * @returns A scorer of rows.
 * @throws {@link SynthproofError} Scoring throws `LENGTH_MISMATCH` for a row of the wrong width.
 * @example
 * const spec = createValueSpec({ id: 'judge', version: '1', values: ['Kind', 'Honest'] });
 * const profile = profileValues([[1, 5], [2, null]], featureScorer(spec, 'panel/2026-11'));
 * profile.values.map((value) => value.mean); // => [1.5, 5]
 */
export function featureScorer(spec: ValueSpec, method: string = 'given'): ValueScorer<FeatureRows> {
  if (typeof method !== 'string' || method === '')
    throw new SynthproofError(
      'BAD_OPTION',
      `method: expected a name that is not empty, received ${JSON.stringify(method)}`,
      { argument: 'method' },
    );
  const width = spec.values.length;
  return {
    id: `feature/1:${method}`,
    kind: 'feature',
    spec,
    deterministic: true,
    score(rows: FeatureRows): ValueScores {
      const columns = spec.values.map(() => new Float64Array(rows.length));
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        if (row.length !== width)
          throw new SynthproofError(
            'LENGTH_MISMATCH',
            `items[${i}]: expected ${width} scores, received ${row.length}`,
            {
              argument: 'items',
              row: i,
            },
          );
        for (let v = 0; v < width; v++) columns[v]![i] = row[v] ?? Number.NaN;
      }
      return { rows: rows.length, columns };
    },
  };
}

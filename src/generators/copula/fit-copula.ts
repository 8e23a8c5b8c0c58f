import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { getColumn } from '../../table/get-column.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkColumnOptions, checkNames, checkTable, checkWhole } from '../shared/internal-options.ts';
import type { CopulaModel } from './copula-types.ts';
import { fitLatent } from './internal-fit.ts';

/** Options of {@link fitCopula}. They survive JSON, so that they can go into the lineage record. */
export interface CopulaOptions {
  /**
   * What the model holds of a numeric column. `knots`: heaped values as they are, the rest as straight pieces between means
   * of `minCell` neighbouring values; no value of one row. `empirical`: every distinct training value with its rows, and
   * `embedsTrainingValues` is true. `normal`: mean and deviation. Default `knots`.
   */
  readonly marginal?: 'knots' | 'empirical' | 'normal' | undefined;
  /**
   * How strongly levels depend. `midrank`: Pearson correlation of the levels' middle scores; quick, weaker than the truth
   * where levels are few. `polychoric`: correlation of the normal variables behind the levels, also behind numeric columns
   * of which one value holds a fifth of the rows; slower. Default `midrank`.
   */
  readonly latent?: 'midrank' | 'polychoric' | undefined;
  /** Straight pieces of a numeric column, about, from 1. A column with no more distinct values than this keeps every value that `minCell` rows share. Default 512. */
  readonly knots?: number | undefined;
  /** Fewest training rows behind a number that the model holds, and fewest observed cells of a numeric column that is modelled. Default 5. */
  readonly minCell?: number | undefined;
  /**
   * The column that matters most, such as the label that models will be trained to tell: levels of nominal columns are put
   * in the order of their mean score of it. Default none: the order along which the levels differ most in all other columns.
   */
  readonly target?: string | undefined;
  /** Levels of ordinal category columns from lowest to highest, by column name; every label that occurs must be there. Default: no column is ordinal. */
  readonly ordinal?: Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * Partial synthesis: only these columns are replaced. The others stay real, inform the replaced ones, and are handed in
   * again at sampling: a sample still holds real personal data. Default: all columns.
   */
  readonly synthesize?: readonly string[] | undefined;
  /**
   * Columns replaced by placeholders that do not occur in the source. Text columns always are, and so are integer and
   * category columns with 20 or more observed cells that all differ. A kept column listed here informs nothing.
   */
  readonly identifiers?: readonly string[] | undefined;
  /** Integer or category columns that are modelled even when all their cells differ. Default none. */
  readonly measurements?: readonly string[] | undefined;
  /** Levels with fewer training rows are pooled into one, shown as `other`; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
}

/**
 * Learns a table as a Gaussian copula over columns of all kinds: each column's own distribution, and the correlations of
 * one normal variable behind each column.
 *
 * A number's score is the normal quantile at (mean rank - 1/2) / n. A level owns an interval of its normal as wide as its
 * share, and its score is the one of its middle rank; nominal levels are put in order first (see `target`). A column with
 * missing cells has a second normal for whether a cell is missing (two-part model). Correlations are Pearson's over the rows
 * where both are observed; eigenvalues below 1e-8 are lifted to it, and with fewer rows than variables the
 * matrix is shrunk towards the identity by the Schaefer-Strimmer share; the report says so.
 *
 * Quick, with marginals and levels' shares kept, and open to exact conditional sampling; what is not monotone or not
 * pairwise between columns is lost ({@link fitCart} keeps more). With `marginal: 'knots'` and no level of a single row the
 * model holds no value of a single row and `embedsTrainingValues` is false: every number in it is shared by `minCell` rows or
 * is the mean of as many (a quantile would be some row's value). That is no formal privacy: counts are exact.
 *
 * @param table - At least `minCell` rows; NaN and infinities must be marked missing.
 * @param options - See {@link CopulaOptions}.
 * @returns Plain data; `report` says what was pooled, replaced, repaired or given up. {@link sampleCopula} and
 * {@link sampleCopulaConditional} draw from it.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `DUPLICATE_COLUMN`, `LENGTH_MISMATCH`, `BAD_VALUE` (NaN, infinity),
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE` (no room for numeric placeholders), `BAD_OPTION`, `ABORTED`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] });
 * const model = fitCopula(table, { minCell: 2, rareLevelMin: 0 });
 * model.embedsTrainingValues; // => false
 * model.correlation[1] > 0.999; // => true
 */
export function fitCopula(table: Table, options: CopulaOptions & JobOptions = {}): CopulaModel {
  const { marginal = 'knots', latent = 'midrank', knots = 512, minCell = 5, rareLevelMin = 5 } = options;
  const { identifiers = [], measurements = [], ordinal = {}, target = null } = options;
  checkWhole('knots', knots, 1);
  checkWhole('minCell', minCell, 1);
  checkChoice('marginal', marginal, ['knots', 'empirical', 'normal']);
  checkChoice('latent', latent, ['midrank', 'polychoric']);
  const checked = checkTable(table, 1);
  if (checked.rowCount < minCell)
    throw new SynthproofError(
      'BAD_OPTION',
      `minCell: expected at most the table's ${checked.rowCount} rows, received ${minCell}; give more rows, or lower minCell knowing that the model then holds values of fewer people`,
      { argument: 'minCell' },
    );
  const synthesize = options.synthesize ?? checked.columns.map((column) => column.name);
  checkColumnOptions(checked, { rareLevelMin, identifiers, measurements, synthesize });
  if (target !== null) checkNames('target', checked, [target]);
  const settings = { marginal, latent, knots, minCell, rareLevelMin, identifiers, measurements, synthesize, target };
  const parts = fitLatent(checked, { ...settings, ordinal: checkOrdinal(checked, ordinal) }, options);
  const model = { kind: 'copula' as const, version: 1 as const, ...parts };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}

function checkChoice(argument: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected ${choices.join(', ')}, received ${value}; mend the option`,
      {
        argument,
      },
    );
}

function checkOrdinal(
  table: Table,
  ordinal: Readonly<Record<string, readonly string[]>>,
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, levels] of Object.entries(ordinal)) {
    const column = getColumn(table, name);
    const wrong = (code: 'KIND_MISMATCH' | 'BAD_OPTION', text: string): SynthproofError =>
      new SynthproofError(code, `ordinal: ${text}`, { argument: 'ordinal', column: name });
    if (column.kind !== 'category')
      throw wrong(
        'KIND_MISMATCH',
        `column "${name}" is ${column.kind}, only category columns take an order; leave it out`,
      );
    if (new Set(levels).size !== levels.length)
      throw wrong('BAD_OPTION', `a level of "${name}" is listed twice; list each once`);
    const listed = new Set(levels);
    const seen = new Uint8Array(column.labels.length);
    for (const code of column.codes) if (code >= 0) seen[code] = 1;
    for (let l = 0; l < seen.length; l++)
      if (seen[l] === 1 && !listed.has(column.labels[l]!))
        throw wrong(
          'BAD_OPTION',
          `level "${column.labels[l]}" of "${name}" occurs but has no place in the order; add it`,
        );
    found.set(name, levels);
  }
  return found;
}

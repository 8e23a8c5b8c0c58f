import { SynthproofError } from '../errors.ts';
import { checkRange } from '../stats/internal-options.ts';
import { inferSchema } from '../table/infer-schema.ts';
import { parseCsv } from '../table/parse-csv.ts';
import type { TextColumn } from '../types.ts';
import { LexiconCollector, requireLexiconText } from './internal-lexicon-reader.ts';
import type { LexiconReading, LexiconReadOptions } from './lexicon-reading.ts';

/** Options of {@link parseCsvLexicon}. */
export interface CsvLexiconOptions extends LexiconReadOptions {
  /** Column of the words. Default: the first. */
  readonly word?: string | undefined;
  /** Long form: column that names each word's value. Default: none, the file has the wide form. */
  readonly value?: string | undefined;
  /** Long form: column of weights. Default: each word counts 1. */
  readonly weight?: string | undefined;
  /** Wide form: the columns that are values. Default: all but the word column. */
  readonly values?: readonly string[] | undefined;
  /** Least size of a weight that is kept; weight 0 never is. Default 0. */
  readonly least?: number | undefined;
  /** The character between cells. Default `,`. */
  readonly delimiter?: string | undefined;
}

/**
 * Reads a lexicon from CSV, in wide form (one row a word, one column of weights a value, as eMFD has it) or in long form
 * (one row a pair of word and value, with an optional weight).
 *
 * The library brings no published lexicon; this is for one that you may use. Cells are read as text first, so a word
 * like `true` or `007` stays a word.
 *
 * @param text - The whole file, with a header line.
 * @param options - See {@link CsvLexiconOptions}.
 * @returns The spec and what was left out. An empty cell is no weight; a cell that is no number is skipped and counted.
 * @throws {@link SynthproofError} `BAD_CSV`; `UNKNOWN_COLUMN`; `EMPTY_INPUT` when no word could be used; `BAD_OPTION`;
 * `OUT_OF_RANGE` above 50 million characters.
 * @example
 * const { spec } = parseCsvLexicon('word,care,order\nhelp,0.8,0\nlaw,,1\n', { id: 'mine', version: '1' });
 * spec.values[0]; // => { id: 'care', descriptors: [{ phrase: 'help', weight: 0.8 }] }
 * parseCsvLexicon('term,group\nlaw*,order\n', { id: 'mine', version: '1', value: 'group' }).entries; // => 1
 */
export function parseCsvLexicon(text: string, options: CsvLexiconOptions): LexiconReading {
  const { delimiter = ',', least = 0 } = options;
  checkRange('least', least, 0);
  if (options.value === undefined ? options.weight !== undefined : options.values !== undefined)
    throw new SynthproofError(
      'BAD_OPTION',
      'value: the long form takes value and weight, the wide form values; received a mix',
      { argument: 'value' },
    );
  requireLexiconText(text);
  const format = { delimiter, trim: true };
  const schema = {
    columns: inferSchema(text, format).columns.map(({ name }) => ({ name, kind: 'text' as const })),
  };
  const names = schema.columns.map((column) => column.name);
  const columns = parseCsv(text, { ...format, schema }).columns as readonly TextColumn[];
  const find = (name: string, option: string): readonly string[] => {
    const place = names.indexOf(name);
    if (place < 0)
      throw new SynthproofError(
        'UNKNOWN_COLUMN',
        `${option}: expected one of the columns ${names
          .map((one) => JSON.stringify(one))
          .join(', ')
          .slice(0, 300)}, received ${JSON.stringify(name)}`,
        {
          argument: option,
          column: name,
        },
      );
    return columns[place]!.values;
  };
  const wordName = options.word ?? names[0];
  const words = wordName === undefined ? [] : find(wordName, 'word');
  const collector = new LexiconCollector();
  const put = (row: number, value: string, cell: string): void => {
    const weight = readWeight(cell);
    if (weight === null) collector.skip(row + 2, `${words[row]}: ${cell}`, 'no-weight');
    else if (weight !== 0 && Math.abs(weight) >= least) collector.add(row + 2, value, words[row]!, weight);
  };
  if (options.value !== undefined) {
    const values = find(options.value, 'value');
    const weights = options.weight === undefined ? null : find(options.weight, 'weight');
    for (let row = 0; row < words.length; row++)
      if (values[row]!.trim() === '') collector.skip(row + 2, words[row]!, 'no-category');
      else put(row, values[row]!, weights === null ? '1' : weights[row]!);
    return collector.finish(options);
  }
  const wide = options.values ?? names.filter((name) => name !== wordName);
  for (const name of wide) {
    collector.declare(name);
    const cells = find(name, 'values');
    for (let row = 0; row < words.length; row++) if (cells[row] !== '') put(row, name, cells[row]!);
  }
  return collector.finish(options);
}

/** A weight written as a decimal number, or null. */
function readWeight(cell: string): number | null {
  if (!/^[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?$/.test(cell)) return null;
  const weight = Number(cell);
  return weight - weight === 0 ? weight : null;
}

/**
 * npm run demo                                             real Olympians, governed end to end
 * npm run demo -- my.csv --label income --protected sex,race   the same for your own file
 *
 * Reads a table, makes a synthetic copy, measures what that did, marks it, signs the record, verifies it, and shows
 * that a changed cell, a forged manifest and a wrong key are refused. Writes everything to out/.
 */
import { parseArgs } from 'node:util';
import { SynthproofError } from '../src/index.ts';
import { generatorNamed } from './generators.ts';
import { governFile } from './govern-file.ts';
import { governOlympians } from './govern-olympians.ts';
import { UsageError } from './usage.ts';

const USAGE = `usage: npm run demo                        the Olympians of Rio 2016
       npm run demo -- FILE.csv [--label COLUMN] [--positive VALUE] [--protected COLUMN,COLUMN]
                                [--rows N] [--seed TEXT] [--out FOLDER]
       both take --generator cart (default), copula, bayesian-network, arf or independent`;

async function main(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        label: { type: 'string' },
        positive: { type: 'string' },
        protected: { type: 'string' },
        rows: { type: 'string' },
        generator: { type: 'string', default: 'cart' },
        seed: { type: 'string', default: 'demo' },
        out: { type: 'string', default: 'out' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      return 0;
    }
    if (positionals.length > 1)
      throw new UsageError(`expected one file, received ${positionals.length}: ${positionals.join(', ')}`);
    const common = { seed: values.seed, out: values.out, generator: generatorNamed(values.generator) };
    const [file] = positionals;
    if (file === undefined) {
      for (const name of ['label', 'positive', 'protected', 'rows'] as const)
        if (values[name] !== undefined)
          throw new UsageError(`--${name} goes with a file of your own: npm run demo -- my.csv --${name} ...`);
      await governOlympians(common);
    } else
      await governFile(file, {
        ...common,
        label: values.label,
        positive: values.positive,
        protected: values.protected,
        rows: values.rows,
      });
    return 0;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (error instanceof UsageError || error instanceof SynthproofError) console.error(`\n${error.message}`);
    else if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))
      console.error(`\n${(error as Error).message}\n${USAGE}`);
    else throw error;
    return 2;
  }
}

process.exitCode = await main();

import { SynthproofError } from '../errors.ts';
import type { Column } from '../types.ts';
import { adherence, countTexts } from './internal-texts.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link regexFormatAdherence}. */
export interface RegexFormatMeasure extends QualityMeasure {
  /** Real cells that do not match: then look at the pattern first. */
  readonly realMismatches: number;
}

/**
 * Share of the synthetic cells whose whole text matches a pattern.
 *
 * 1 = all; larger is better. Missing cells count as matching. Where the pattern has groups, the texts of the groups must
 * also stand together in a real cell. The pattern is the caller's own: one that backtracks without end takes as long here.
 * Source: SDMetrics, RegexFormatAdherence.
 *
 * @param real - Text or category column.
 * @param synthetic - Text or category column.
 * @param pattern - A JavaScript pattern without slashes or flags; it is read with the flag `u`.
 * @returns A measure in [0, 1]; reason `NO_SYNTHETIC_VALUES` (no rows).
 * @throws {@link SynthproofError} `BAD_OPTION` for a pattern that is none; `KIND_MISMATCH` for columns that hold no texts.
 * @example
 * const codes = (...cells) => textColumn('code', cells);
 * regexFormatAdherence(codes('AB-1', 'CD-2'), codes('EF-3', 'gh-4'), '[A-Z]{2}-[0-9]').value; // => 0.5
 */
export function regexFormatAdherence(real: Column, synthetic: Column, pattern: string): RegexFormatMeasure {
  const whole = compilePattern(pattern);
  const known = new Set<string>();
  const inReal = countTexts(real, 'real', (text) => {
    const match = whole.exec(text);
    if (match) known.add(JSON.stringify(match.slice(1)));
    return match !== null;
  });
  const counts = countTexts(synthetic, 'synthetic', (text) => {
    const match = whole.exec(text);
    return match !== null && (match.length === 1 || known.has(JSON.stringify(match.slice(1))));
  });
  return { ...adherence('regexFormatAdherence', inReal.rows, counts), realMismatches: inReal.mismatches };
}

function compilePattern(pattern: string): RegExp {
  try {
    // Compiled alone first: a stray parenthesis could close the group below.
    return new RegExp(`^(?:${new RegExp(pattern, 'u').source})$`, 'u');
  } catch {
    throw new SynthproofError('BAD_OPTION', `pattern: expected a regular expression, received ${String(pattern)}`, {
      argument: 'pattern',
    });
  }
}

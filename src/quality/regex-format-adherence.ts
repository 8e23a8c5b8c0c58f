import { SynthproofError } from '../errors.ts';
import { cellText } from '../table/cell-text.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column } from '../types.ts';
import { computed, notComputed } from './internal-measure.ts';
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
  let realMismatches = 0;
  const nReal = checkTexts(real, 'real');
  for (let row = 0; row < nReal; row++) {
    const text = cellText(real, row);
    const match = text === null ? null : whole.exec(text);
    if (match) known.add(JSON.stringify(match.slice(1)));
    else if (text !== null) realMismatches++;
  }
  const n = checkTexts(synthetic, 'synthetic');
  if (n === 0) return { ...notComputed('regexFormatAdherence', 'NO_SYNTHETIC_VALUES', nReal, 0), realMismatches };
  let valid = 0;
  for (let row = 0; row < n; row++) {
    const text = cellText(synthetic, row);
    const match = text === null ? null : whole.exec(text);
    if (text === null || (match && (match.length === 1 || known.has(JSON.stringify(match.slice(1)))))) valid++;
  }
  return { ...computed('regexFormatAdherence', valid / n, nReal, n), realMismatches };
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

function checkTexts(column: Column, argument: string): number {
  if (column.kind === 'text' || column.kind === 'category') return columnLength(column);
  throw new SynthproofError(
    'KIND_MISMATCH',
    `${argument}: expected a text or category column, received "${column.name}" of kind ${column.kind}; cast it`,
    { argument, column: column.name },
  );
}

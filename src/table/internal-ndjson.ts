import { SynthproofError } from '../errors.ts';
import { parseStrictJson } from '../hash/parse-strict-json.ts';
import { shown } from './internal-text.ts';

/** The object of one line. Nested values are kept and refused later, with their column, unless the line is no object. */
export function recordOfLine(line: string, row: number, lineNumber: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseStrictJson(line);
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    throw new SynthproofError(error.code, `line ${lineNumber}: ${error.message}; mend the line`, {
      argument: 'text',
      row,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SynthproofError(
      'BAD_JSON',
      `line ${lineNumber}: expected one object with a key per column, received ${shown(value)}; write one object per line`,
      { argument: 'text', row },
    );
  return value as Readonly<Record<string, unknown>>;
}

/** Whether a line holds nothing but JSON's white space. */
export function isBlankLine(line: string): boolean {
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code !== 32 && code !== 9 && code !== 13) return false;
  }
  return true;
}

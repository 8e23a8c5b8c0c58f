import { SynthproofError } from '../errors.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Column } from '../types.ts';

/** Labels of items: one text or number each (null: none), or a column. */
export type ItemLabels = readonly (string | number | null)[] | Column;

/** Each item's label as text; null where it has none. */
export function labelTexts(argument: string, labels: ItemLabels, rows: number): (string | null)[] {
  const out: (string | null)[] = [];
  if (Array.isArray(labels))
    (labels as readonly (string | number | null | undefined)[]).forEach((label, row) => {
      // Anything else would read as one and the same text, for example "[object Object]".
      if (label !== null && label !== undefined && typeof label !== 'string' && !Number.isFinite(label))
        throw new SynthproofError(
          'BAD_VALUE',
          `${argument}[${row}]: expected a text, a finite number or null, received ${String(label)}`,
          { argument, row },
        );
      out.push(label === null || label === undefined ? null : String(label));
    });
  else if (typeof labels !== 'object' || labels === null)
    throw new SynthproofError(
      'BAD_VALUE',
      `${argument}: expected a list of labels or a column, received ${labels === null ? 'null' : typeof labels}`,
      { argument },
    );
  else {
    const { codes, labels: names } = groupCodes(labels as Column);
    for (let i = 0; i < codes.length; i++) out.push(codes[i]! < 0 ? null : names[codes[i]!]!);
  }
  if (out.length !== rows)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}: expected ${rows} labels, one per item, received ${out.length}`,
      { argument },
    );
  return out;
}

/** As {@link labelTexts}, but every item must have a label. */
export function requiredLabels(argument: string, labels: ItemLabels, rows: number): string[] {
  return labelTexts(argument, labels, rows).map((label, row) => {
    if (label === null)
      throw new SynthproofError(
        'BAD_VALUE',
        `${argument}[${row}]: expected a label, received none; leave such items out first`,
        { argument, row },
      );
    return label;
  });
}

/** Texts as codes in order of first appearance. */
export function codeTexts(labels: readonly string[]): { codes: Int32Array; names: string[] } {
  const index = new Map<string, number>();
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    let code = index.get(label);
    if (code === undefined) {
      code = index.size;
      index.set(label, code);
    }
    codes[i] = code;
  }
  return { codes, names: [...index.keys()] };
}

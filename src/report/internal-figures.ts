/**
 * A number for people, the same on every engine: whole numbers in full (grouped from five digits on), others with four
 * significant digits, tiny and huge ones with an exponent. Numbers that are not finite are shown as a dash.
 */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return grouped(String(value));
  if (size < 1e-4 || size >= 1e15) return trimmedExponent(value.toExponential(2));
  if (size >= 1e4) return grouped(String(Math.round(value)));
  return trimmed(value.toPrecision(4));
}

/** A figure as it is set in pictures and pages: with the minus that lines up with digits and is not broken at. */
export function setFigure(value: number | null | undefined): string {
  return figure(value).replaceAll('-', '−');
}

/** A point with its interval, all with the same number of decimals where they are plain decimals. */
export function intervalFigures(value: number | null, lower: number | undefined, upper: number | undefined): string {
  if (value === null || (lower === undefined && upper === undefined)) return setFigure(value);
  const texts = [figure(value), figure(lower), figure(upper)];
  const plain = texts.filter((text) => !text.includes('e') && text !== '–');
  const decimals = Math.max(0, ...plain.map((text) => text.split('.')[1]?.length ?? 0));
  const [point, from, to] = texts.map((text) => {
    if (text.includes('e') || text === '–') return text;
    const have = text.split('.')[1]?.length ?? 0;
    return decimals === have ? text : `${text}${have === 0 ? '.' : ''}${'0'.repeat(decimals - have)}`;
  });
  return `${point} [${from}, ${to}]`.replaceAll('-', '−');
}

/** A tick's text with as many decimals as the distance between ticks needs. */
export function tickFigure(value: number, step: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  const text =
    size >= 1e7 || step < 1e-6 ? trimmedExponent(value.toExponential(2)) : grouped(value.toFixed(decimalsOf(step)));
  return text.replaceAll('-', '−');
}

function decimalsOf(step: number): number {
  let decimals = 0;
  for (let scaled = step; decimals < 9 && Math.abs(scaled - Math.round(scaled)) > 1e-6; scaled *= 10) decimals++;
  return decimals;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0{1,20}$/, '') : text;
}

function trimmedExponent(text: string): string {
  const [mantissa, exponent] = text.split('e') as [string, string];
  return `${trimmed(mantissa)}e${exponent.replace('+', '')}`;
}

function grouped(text: string): string {
  const negative = text.startsWith('-');
  const [whole, fraction] = (negative ? text.slice(1) : text).split('.') as [string, string | undefined];
  const parts: string[] = [];
  if (whole.length < 5) parts.push(whole);
  else for (let end = whole.length; end > 0; end -= 3) parts.unshift(whole.slice(Math.max(0, end - 3), end));
  return (negative ? '-' : '') + parts.join(',') + (fraction === undefined ? '' : `.${fraction}`);
}

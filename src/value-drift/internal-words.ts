/** A share as percent, to one decimal. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** A p-value, to three decimals. */
export function probability(p: number | null): string {
  return p === null ? 'unknown' : p < 0.001 ? '< 0.001' : String(Math.round(p * 1000) / 1000);
}

/** A number, to three significant digits. */
export function figure(x: number | null): string {
  return x === null ? 'unknown' : String(Number(x.toPrecision(3)));
}

/** A warning as a sentence. */
export function sentenceOf(warning: string): string {
  return `${warning.charAt(0).toUpperCase()}${warning.slice(1)}.`;
}

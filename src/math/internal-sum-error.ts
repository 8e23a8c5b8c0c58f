/** What rounding took from `total + value`, given the rounded sum `next` (Neumaier's step). */
export function sumError(total: number, value: number, next: number): number {
  return Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
}

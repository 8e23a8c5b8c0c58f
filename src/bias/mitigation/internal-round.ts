/** Nearest whole number, halves to the even one, as Python's round does. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** Whole numbers that add up to `total` and are nearest to the shares; remainders go to the largest first, ties by position. */
export function largestRemainders(shares: readonly number[], total: number): number[] {
  const whole = shares.map(Math.floor);
  let left = total - whole.reduce((sum, n) => sum + n, 0);
  const order = shares.map((_, k) => k).sort((a, b) => shares[b]! - whole[b]! - (shares[a]! - whole[a]!) || a - b);
  for (let k = 0; left > 0; k = (k + 1) % order.length, left--) whole[order[k]!]!++;
  return whole;
}

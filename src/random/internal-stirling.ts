/** log(k!) minus Stirling's log(sqrt(2 pi)) + (k + 1/2) log(k + 1) - (k + 1), for k from 0 to 9. */
const CORRECTION: readonly number[] = [
  0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];

/** The Stirling correction of k!. Source: Hormann 1993, "The generation of binomial random variates", section 3. */
export function stirlingCorrection(k: number): number {
  if (k < 10) return CORRECTION[k]!;
  const s = 1 / (k + 1);
  const square = s * s;
  return (1 / 12 - (1 / 360 - square / 1260) * square) * s;
}

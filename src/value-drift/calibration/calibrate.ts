import { SynthproofError } from '../../errors.ts';
import { checkRange } from '../../stats/internal-options.ts';
import type { CalibrationCurve } from './calibration-curve.ts';

/**
 * Mends a judge's probability by its calibration curve: linear between the knots of the rising line, flat beyond them.
 *
 * @param curve - From {@link calibrationCurve}; its `isotonic` is used.
 * @param probability - 0 to 1.
 * @returns The mended probability, 0 to 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for no probability; `BAD_MODEL` for a curve whose knots do not rise.
 * @example
 * const curve = calibrationCurve([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1]);
 * calibrate(curve, 0.5); // => 0.75
 */
export function calibrate(curve: Pick<CalibrationCurve, 'isotonic'>, probability: number): number {
  checkRange('probability', probability, 0, 1);
  const knots = curve.isotonic;
  if (!Array.isArray(knots) || knots.length === 0) throw badCurve();
  for (let k = 0; k < knots.length; k++) {
    if (!Array.isArray(knots[k])) throw badCurve();
    const [x, y] = knots[k]!;
    const before = knots[k - 1];
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1) || (before !== undefined && !(x > before[0] && y >= before[1])))
      throw badCurve();
  }
  if (probability <= knots[0]![0]) return knots[0]![1];
  for (let k = 1; k < knots.length; k++) {
    const [x1, y1] = knots[k]!;
    if (probability > x1) continue;
    const [x0, y0] = knots[k - 1]!;
    return y0 + ((probability - x0) / (x1 - x0)) * (y1 - y0);
  }
  return knots[knots.length - 1]![1];
}

function badCurve(): SynthproofError {
  return new SynthproofError('BAD_MODEL', 'curve: expected rising knots from 0 to 1; make it with calibrationCurve()', {
    argument: 'curve',
  });
}

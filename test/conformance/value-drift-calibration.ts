import type { AgreementMetric } from '../../src/value-drift/calibration/index.ts';
import {
  calibrate,
  calibrationCurve,
  fleissKappa,
  krippendorffAlpha,
  pairAgreement,
  predictionPoweredMean,
  rankAgreement,
  roganGladen,
} from '../../src/value-drift/calibration/index.ts';
import type { FunctionTable } from './types.ts';

const METRICS: readonly AgreementMetric[] = ['nominal', 'ordinal', 'interval', 'ratio'];

export const valueDriftCalibrationFunctions: FunctionTable = {
  krippendorffAlpha: ({ ratings }) =>
    Object.fromEntries(METRICS.map((metric) => [metric, krippendorffAlpha(ratings, { metric }).alpha])),
  pairAgreement: ({ a, b, categories }) => pairAgreement(a, b, categories),
  fleissKappa: ({ ratingsBySubject }) => fleissKappa(ratingsBySubject),
  rankAgreement: ({ x, y }) => rankAgreement(x, y),
  predictionPoweredMean: ({ human, judgeOnHuman, judgeUnlabelled, alpha }) => {
    const by = (weight?: number) => {
      const { estimate, interval } = predictionPoweredMean(human, judgeOnHuman, judgeUnlabelled, {
        level: 1 - alpha,
        weight,
      });
      return { estimate, ci: [interval.lower, interval.upper] };
    };
    return { tuned: by(), lambda1: by(1), lambda0: by(0) };
  },
  roganGladen: ({ apparent, sensitivity, specificity }) => roganGladen(apparent, sensitivity, specificity),
  calibration: ({ p, y, query }) => {
    const curve = calibrationCurve(p, y, { bins: 10 });
    return {
      brier: curve.brier,
      ece10: curve.ece,
      auc: curve.auc,
      isotonicAt: query.map((x: number) => calibrate(curve, x)),
    };
  },
};

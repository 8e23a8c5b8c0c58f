export { type AchievedTilt, type AchievedTiltOptions, achievedTilt } from './achieved-tilt.ts';
export { type FairReportParts, fairReport } from './fair-report.ts';
export { fairTarget } from './fair-target.ts';
export type {
  FairTarget,
  FairTargetCell,
  FairTargetGroup,
  FairTargetSpec,
  WantedCell,
} from './fair-target-types.ts';
export { fairTradeOff } from './fair-trade-off.ts';
export type {
  FairPoint,
  FairTradeOff,
  FairTradeOffOptions,
  ModelGap,
  ModelGroup,
  TrainedFigures,
} from './fair-trade-off-types.ts';
export { type LabelProbabilitiesOptions, labelProbabilities } from './label-probabilities.ts';
export { type TiltedGroup, type TiltedLabels, type TiltLabelsOptions, tiltLabels } from './tilt-labels.ts';

export type { AdwinOptions } from './adwin-detector.ts';
export { adwinDetector } from './adwin-detector.ts';
export type { BetaBinomialOptions } from './beta-binomial-e-process.ts';
export { betaBinomialEProcess } from './beta-binomial-e-process.ts';
export type { BettingSequenceOptions } from './betting-confidence-sequence.ts';
export { bettingConfidenceSequence } from './betting-confidence-sequence.ts';
export type { BettingFractionsOptions } from './betting-fractions.ts';
export { bettingFractions } from './betting-fractions.ts';
export type { BettingMartingaleOptions } from './betting-martingale.ts';
export { bettingMartingale } from './betting-martingale.ts';
export type { ConfidenceSequence } from './confidence-sequence.ts';
export type { MonitorOptions } from './create-monitor.ts';
export { createMonitor } from './create-monitor.ts';
export type { CusumOptions } from './cusum-detector.ts';
export { cusumDetector } from './cusum-detector.ts';
export type { DdmOptions } from './ddm-detector.ts';
export { ddmDetector } from './ddm-detector.ts';
export type { EDetectorOptions, EDetectorResult } from './e-detector.ts';
export { eDetector } from './e-detector.ts';
export type { EcddOptions } from './ecdd-detector.ts';
export { ecddDetector } from './ecdd-detector.ts';
export type { EddmOptions } from './eddm-detector.ts';
export { eddmDetector } from './eddm-detector.ts';
export type { EmpiricalBernsteinOptions } from './empirical-bernstein-sequence.ts';
export { empiricalBernsteinSequence } from './empirical-bernstein-sequence.ts';
export type { HddmAOptions } from './hddm-a-detector.ts';
export { hddmADetector } from './hddm-a-detector.ts';
export type { HddmWOptions } from './hddm-w-detector.ts';
export { hddmWDetector } from './hddm-w-detector.ts';
export type { HoeffdingOptions } from './hoeffding-sequence.ts';
export { hoeffdingSequence } from './hoeffding-sequence.ts';
export type { KswinOptions } from './kswin-detector.ts';
export { kswinDetector } from './kswin-detector.ts';
export type { MonitorReportOptions } from './monitor-report.ts';
export { monitorReport } from './monitor-report.ts';
export type {
  MonitorAlarm,
  MonitorColumns,
  MonitorScores,
  MonitorSettings,
  MonitorState,
  MonitorTrace,
  MonitorValueState,
} from './monitor-types.ts';
export type {
  MonitorValueAlarm,
  MonitorValueVerdict,
  MonitorVerdict,
  MonitorVerdictOptions,
} from './monitor-verdict.ts';
export { monitorVerdict } from './monitor-verdict.ts';
export type { MovingAverageOptions } from './moving-average-detector.ts';
export { movingAverageDetector } from './moving-average-detector.ts';
export type { NormalMixtureOptions, NormalMixtureResult } from './normal-mixture-sprt.ts';
export { normalMixtureSprt } from './normal-mixture-sprt.ts';
export type { PToEOptions } from './p-to-e.ts';
export { pToE } from './p-to-e.ts';
export type { PageHinkleyOptions } from './page-hinkley-detector.ts';
export { pageHinkleyDetector } from './page-hinkley-detector.ts';
export { pairedBetting } from './paired-betting.ts';
export type { RddmOptions } from './rddm-detector.ts';
export { rddmDetector } from './rddm-detector.ts';
export type {
  StreamDetector,
  StreamDetectorHolding,
  StreamDetectorState,
  StreamDetectorUpdate,
} from './stream-detector.ts';
export { updateMonitor } from './update-monitor.ts';
export { vovkSellkeBound } from './vovk-sellke-bound.ts';

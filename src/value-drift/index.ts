export { calibrate } from './calibration/calibrate.ts';
export type { CalibrateJudgeOptions, JudgeCalibration } from './calibration/calibrate-judge.ts';
export { calibrateJudge } from './calibration/calibrate-judge.ts';
export type { CalibrationBin, CalibrationCurve, CalibrationCurveOptions } from './calibration/calibration-curve.ts';
export { calibrationCurve } from './calibration/calibration-curve.ts';
export type { CorrectedShareOptions, JudgeCounts } from './calibration/corrected-share.ts';
export { correctedShare } from './calibration/corrected-share.ts';
export { fleissKappa } from './calibration/fleiss-kappa.ts';
export type { JudgeReportOptions } from './calibration/judge-report.ts';
export { judgeReport } from './calibration/judge-report.ts';
export type { AgreementMetric, KrippendorffOptions, KrippendorffResult } from './calibration/krippendorff-alpha.ts';
export { krippendorffAlpha } from './calibration/krippendorff-alpha.ts';
export { limitVerdict } from './calibration/limit-verdict.ts';
export type { PairAgreement } from './calibration/pair-agreement.ts';
export { pairAgreement } from './calibration/pair-agreement.ts';
export type { PredictionPoweredMean, PredictionPoweredOptions } from './calibration/prediction-powered-mean.ts';
export { predictionPoweredMean } from './calibration/prediction-powered-mean.ts';
export type { RankAgreement } from './calibration/rank-agreement.ts';
export { rankAgreement } from './calibration/rank-agreement.ts';
export { roganGladen } from './calibration/rogan-gladen.ts';
export { columnScorer } from './column-scorer.ts';
export type { CompareOptions } from './compare-profiles.ts';
export { compareProfiles } from './compare-profiles.ts';
export type {
  ValueDefinition,
  ValueDescriptor,
  ValueScale,
  ValueSpec,
  ValueSpecInput,
  ValueTarget,
} from './create-value-spec.ts';
export { createValueSpec } from './create-value-spec.ts';
export type {
  DriftDesign,
  DriftReport,
  DriftSide,
  DriftVerdict,
  SliceDrift,
  ValueDrift,
} from './drift-report.ts';
export type { FeatureRows } from './feature-scorer.ts';
export { featureScorer } from './feature-scorer.ts';
export type { ItemLabels } from './internal-labels.ts';
export type { LexiconScorerOptions, TextItems } from './lexicon-scorer.ts';
export { lexiconScorer } from './lexicon-scorer.ts';
export type { AdwinOptions } from './monitor/adwin-detector.ts';
export { adwinDetector } from './monitor/adwin-detector.ts';
export type { BetaBinomialOptions } from './monitor/beta-binomial-e-process.ts';
export { betaBinomialEProcess } from './monitor/beta-binomial-e-process.ts';
export type { BettingSequenceOptions } from './monitor/betting-confidence-sequence.ts';
export { bettingConfidenceSequence } from './monitor/betting-confidence-sequence.ts';
export type { BettingFractionsOptions } from './monitor/betting-fractions.ts';
export { bettingFractions } from './monitor/betting-fractions.ts';
export type { BettingMartingaleOptions } from './monitor/betting-martingale.ts';
export { bettingMartingale } from './monitor/betting-martingale.ts';
export type { ConfidenceSequence } from './monitor/confidence-sequence.ts';
export type { MonitorOptions } from './monitor/create-monitor.ts';
export { createMonitor } from './monitor/create-monitor.ts';
export type { CusumOptions } from './monitor/cusum-detector.ts';
export { cusumDetector } from './monitor/cusum-detector.ts';
export type { DdmOptions } from './monitor/ddm-detector.ts';
export { ddmDetector } from './monitor/ddm-detector.ts';
export type { EDetectorOptions, EDetectorResult } from './monitor/e-detector.ts';
export { eDetector } from './monitor/e-detector.ts';
export type { EcddOptions } from './monitor/ecdd-detector.ts';
export { ecddDetector } from './monitor/ecdd-detector.ts';
export type { EddmOptions } from './monitor/eddm-detector.ts';
export { eddmDetector } from './monitor/eddm-detector.ts';
export type { EmpiricalBernsteinOptions } from './monitor/empirical-bernstein-sequence.ts';
export { empiricalBernsteinSequence } from './monitor/empirical-bernstein-sequence.ts';
export type { HddmAOptions } from './monitor/hddm-a-detector.ts';
export { hddmADetector } from './monitor/hddm-a-detector.ts';
export type { HddmWOptions } from './monitor/hddm-w-detector.ts';
export { hddmWDetector } from './monitor/hddm-w-detector.ts';
export type { HoeffdingOptions } from './monitor/hoeffding-sequence.ts';
export { hoeffdingSequence } from './monitor/hoeffding-sequence.ts';
export type { KswinOptions } from './monitor/kswin-detector.ts';
export { kswinDetector } from './monitor/kswin-detector.ts';
export type { MonitorReportOptions } from './monitor/monitor-report.ts';
export { monitorReport } from './monitor/monitor-report.ts';
export type {
  MonitorAlarm,
  MonitorColumns,
  MonitorScores,
  MonitorSettings,
  MonitorState,
  MonitorTrace,
  MonitorValueState,
} from './monitor/monitor-types.ts';
export type { MonitorValueAlarm, MonitorValueVerdict, MonitorVerdict } from './monitor/monitor-verdict.ts';
export { monitorVerdict } from './monitor/monitor-verdict.ts';
export type { MovingAverageOptions } from './monitor/moving-average-detector.ts';
export { movingAverageDetector } from './monitor/moving-average-detector.ts';
export type { NormalMixtureOptions, NormalMixtureResult } from './monitor/normal-mixture-sprt.ts';
export { normalMixtureSprt } from './monitor/normal-mixture-sprt.ts';
export type { PToEOptions } from './monitor/p-to-e.ts';
export { pToE } from './monitor/p-to-e.ts';
export type { PageHinkleyOptions } from './monitor/page-hinkley-detector.ts';
export { pageHinkleyDetector } from './monitor/page-hinkley-detector.ts';
export { pairedBetting } from './monitor/paired-betting.ts';
export type { RddmOptions } from './monitor/rddm-detector.ts';
export { rddmDetector } from './monitor/rddm-detector.ts';
export type {
  StreamDetector,
  StreamDetectorHolding,
  StreamDetectorState,
  StreamDetectorUpdate,
} from './monitor/stream-detector.ts';
export { updateMonitor } from './monitor/update-monitor.ts';
export { vovkSellkeBound } from './monitor/vovk-sellke-bound.ts';
export type {
  GroupProfile,
  ProfileOptions,
  ProfileScores,
  TargetRange,
  ValueProfile,
  ValueSummary,
} from './profile-values.ts';
export { profileValues } from './profile-values.ts';
export { schwartzLexicon } from './schwartz-lexicon.ts';
export type { StanceDrift } from './stance-drift.ts';
export { stanceDrift } from './stance-drift.ts';
export type { ValueDriftReportOptions } from './value-drift-report.ts';
export { valueDriftReport } from './value-drift-report.ts';
export type { ValueProfileDistance } from './value-profile-distance.ts';
export { valueProfileDistance } from './value-profile-distance.ts';
export type { ValueScorer, ValueScores } from './value-scorer.ts';

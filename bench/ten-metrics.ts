/** The ten metrics that the peers are timed on. */
export const TEN = [
  'count',
  'selectionRate',
  'truePositiveRate',
  'trueNegativeRate',
  'falsePositiveRate',
  'falseNegativeRate',
  'accuracy',
  'precision',
  'f1',
  'balancedAccuracy',
] as const;

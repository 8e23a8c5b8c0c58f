export { type ContaminationOptions, contaminationFilter } from './contamination-filter.ts';
export { fillTemplate } from './fill-template.ts';
export { type FilteredText, type FilterResult, filterTexts, type TextFilter } from './filter-texts.ts';
export { fitNgramModel, type NgramOptions } from './fit-ngram-model.ts';
export { type GenerateTextsOptions, generateTexts, type TextBatch } from './generate-texts.ts';
export { type JsonRecordOptions, jsonRecordCheck, type RecordParser } from './json-record-check.ts';
export { type LengthFilterOptions, lengthFilter } from './length-filter.ts';
export { type MemoryTextCache, memoryTextCache } from './memory-text-cache.ts';
export { type MockAnswer, type MockTextModel, mockTextModel } from './mock-text-model.ts';
export type { NgramFitReport, NgramLevel, NgramModel } from './ngram-model-types.ts';
export { ngramTextModel } from './ngram-text-model.ts';
export { type PersonalDataFilterOptions, personalDataFilter } from './personal-data-filter.ts';
export { type PromptTemplate, promptTemplate } from './prompt-template.ts';
export { type AxisCoverage, type QuotaCoverage, quotaCoverage } from './quota-coverage.ts';
export { type QuotaAxes, type QuotaGrid, type QuotaGridOptions, quotaGrid, type TextItem } from './quota-grid.ts';
export { type NgramSampleOptions, sampleNgramText } from './sample-ngram-text.ts';
export { type ScriptFilterOptions, scriptFilter, type TextScript } from './script-filter.ts';
export { type DroppedText, type SynthesizeTextsOptions, synthesizeTexts, type TextRun } from './synthesize-texts.ts';
export { textReport } from './text-report.ts';
export type {
  GeneratedText,
  TextCache,
  TextCheck,
  TextFailure,
  TextFailureReason,
  TextOrigin,
  TokenPrice,
  TokenUsage,
} from './text-types.ts';

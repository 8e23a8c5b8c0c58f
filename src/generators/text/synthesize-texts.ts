import { exactDuplicates } from '../../text/exact-duplicates.ts';
import { type Diversity, type DiversityOptions, measureDiversity } from '../../text/measure-diversity.ts';
import { type NearDuplicateOptions, nearDuplicates } from '../../text/near-duplicates.ts';
import { type FilterResult, filterTexts, type TextFilter } from './filter-texts.ts';
import { type GenerateTextsOptions, generateTexts, type TextBatch } from './generate-texts.ts';
import { type QuotaCoverage, quotaCoverage } from './quota-coverage.ts';
import { type QuotaAxes, type QuotaGridOptions, quotaGrid } from './quota-grid.ts';
import type { GeneratedText } from './text-types.ts';

/** Options of {@link synthesizeTexts}. */
export interface SynthesizeTextsOptions<T> extends Omit<GenerateTextsOptions<T>, 'seed'> {
  /** The grid of what is wanted; its axes are the gaps of the template. */
  readonly axes: QuotaAxes;
  /** Weights of the axes' values. */
  readonly weights?: QuotaGridOptions['weights'];
  /** Items to ask for. What failures, filters and duplicates take is not made up for: see the coverage. */
  readonly count: number;
  /** Seed of the grid and of the requests. */
  readonly seed: string;
  /** Filters in order. Default: none. */
  readonly filters?: readonly TextFilter[] | undefined;
  /** Options of near-duplicate removal, or false for none. Default: {@link nearDuplicates} as it stands. */
  readonly nearDuplicates?: Omit<NearDuplicateOptions, 'onProgress' | 'signal'> | false | undefined;
  /** Axis whose values count as topics in the diversity figures. Default: the first. */
  readonly topicAxis?: string | undefined;
  /** Texts that novelty is counted against. */
  readonly reference?: readonly string[] | undefined;
  /** Sample size of distinct-n and the like. */
  readonly diversity?: Pick<DiversityOptions, 'sampleSize' | 'vendiTexts'> | undefined;
}

/** A text that a later step took out. */
export interface DroppedText {
  /** Index of its item. */
  readonly index: number;
  /** Step or filter that took it out. */
  readonly step: string;
  /** Why, in words. */
  readonly reason: string;
}

/** Result of {@link synthesizeTexts}. */
export interface TextRun<T> {
  /** The texts that are left, in order of their items; their origins name all steps. */
  readonly texts: readonly GeneratedText<T>[];
  /** Items asked for. */
  readonly count: number;
  /** What the model gave and what failed; its `texts` are those before filters. */
  readonly batch: TextBatch<T>;
  /** Texts taken out by filters and duplicate removal, step by step. */
  readonly dropped: readonly DroppedText[];
  /** Texts each filter dropped. */
  readonly filters: FilterResult['counts'];
  /** Texts dropped as repetitions of an earlier one. */
  readonly exactDuplicates: number;
  /** Texts dropped as near-repetitions; null when not looked for. */
  readonly nearDuplicates: number | null;
  /** Texts whose near-duplicates were not all looked at. */
  readonly unchecked: number;
  /** Coverage of the grid by the items asked for. */
  readonly wanted: QuotaCoverage;
  /** Coverage of the grid by the texts that are left. */
  readonly coverage: QuotaCoverage;
  /** Diversity of the texts that are left. */
  readonly diversity: Diversity;
  /** Model port, template and steps: what a lineage record needs. */
  readonly origin: {
    /** Name of the model port. */
    readonly model: string;
    /** Models that answered, by their own word, sorted. */
    readonly modelIds: readonly string[];
    /** Hash of the template. */
    readonly templateHash: string;
    /** The seed. */
    readonly seed: string;
    /** Steps with versions, in order. */
    readonly steps: readonly string[];
  };
}

/**
 * The whole text pipeline: quota grid, generation with validation and repair, filters, exact and near-duplicate removal,
 * coverage and diversity. Each step stands alone too; this chains them and keeps count of every text that is lost.
 *
 * @param options - See {@link SynthesizeTextsOptions}.
 * @returns See {@link TextRun}; {@link textReport} puts it in words.
 * @throws {@link SynthproofError} as its steps do; `BAD_VALUE` when the axes do not fit the template.
 * @example
 * const run = await synthesizeTexts({
 *   axes: { topic: ['tax', 'law'] }, count: 4, seed: 'demo', template: promptTemplate('On {{topic}}.'),
 *   model: mockTextModel((request, call) => `Answer ${call % 3}: ${request.prompt}`),
 * });
 * run.texts.length + run.dropped.length; // => 4
 */
export async function synthesizeTexts<T = null>(options: SynthesizeTextsOptions<T>): Promise<TextRun<T>> {
  const { axes, weights, count, seed, filters = [], model, template } = options;
  const grid = quotaGrid(axes, count, seed, { weights });
  const batch = await generateTexts(grid.items, options);
  const dropped: DroppedText[] = [];
  let left = batch.texts;
  const steps = ['quota-grid/1', 'generate-texts/1'];
  const drop = (place: number, step: string, reason: string): void => {
    dropped.push({ index: left[place]!.index, step, reason });
  };
  const filtered = filterTexts(
    left.map(({ text }) => text),
    filters,
  );
  for (const { index, filter, reason } of filtered.dropped) drop(index, filter, reason);
  left = filtered.keep.map((place) => left[place]!);
  steps.push(...filters.map(({ id }) => id), 'exact-duplicates/1');
  const exact = exactDuplicates(left.map(({ text }) => text));
  for (const { index, duplicateOf } of exact.dropped)
    drop(index, 'exact-duplicates/1', `repeats the text of item ${left[duplicateOf]!.index}`);
  left = exact.keep.map((place) => left[place]!);
  let near = null;
  if (options.nearDuplicates !== false) {
    steps.push('near-duplicates/1');
    near = nearDuplicates(
      left.map(({ text }) => text),
      { ...options.nearDuplicates, signal: options.signal },
    );
    for (const { index, duplicateOf, jaccard } of near.dropped)
      drop(
        index,
        'near-duplicates/1',
        `shares ${Math.round(100 * jaccard)} % of its word runs with item ${left[duplicateOf]!.index}`,
      );
    left = near.keep.map((place) => left[place]!);
  }
  const texts = left.map((text) => ({ ...text, origin: { ...text.origin, steps } }));
  const topicAxis = options.topicAxis ?? Object.keys(axes)[0]!;
  return {
    texts,
    count,
    batch,
    dropped,
    filters: filtered.counts,
    exactDuplicates: exact.dropped.length,
    nearDuplicates: near ? near.dropped.length : null,
    unchecked: near ? near.unchecked : 0,
    wanted: grid.coverage,
    coverage: quotaCoverage(texts, axes, { weights }),
    diversity: measureDiversity(
      texts.map(({ text }) => text),
      {
        ...options.diversity,
        seed,
        reference: options.reference,
        topics: texts.map(({ values }) => values[topicAxis] ?? null),
        wantedTopics: axes[topicAxis],
      },
    ),
    origin: {
      model: model.id,
      modelIds: [...new Set(batch.texts.map(({ origin }) => origin.modelId))].sort(),
      templateHash: template.hash,
      seed,
      steps,
    },
  };
}

import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { ValueSpec } from './create-value-spec.ts';
import { type DistinctTexts, spread } from './internal-text-items.ts';
import type { ValueScores } from './value-scorer.ts';

/** One vector per text, all of one length. */
export type TextVectors = readonly ArrayLike<number>[];

/** Options of {@link embeddingScorer} and {@link asyncEmbeddingScorer}. */
export interface EmbeddingScorerOptions {
  /** Name and version of what makes the vectors: part of the scorer's id. */
  readonly embedderId: string;
  /** Texts per call, 1 to 100,000. Default 64. */
  readonly batchSize?: number | undefined;
}

/** The scorer's id; refuses specs and options that cannot work. */
export function embeddingId(spec: ValueSpec, options: EmbeddingScorerOptions): string {
  const { embedderId, batchSize = 64 } = options;
  if (typeof embedderId !== 'string' || embedderId.trim() === '')
    throw new SynthproofError(
      'BAD_OPTION',
      `embedderId: expected the name and version of the embedder, received ${JSON.stringify(embedderId)}`,
      {
        argument: 'embedderId',
      },
    );
  checkWhole('batchSize', batchSize, 1, 100_000);
  for (const { id, anchors } of spec.values)
    if (anchors === undefined)
      throw new SynthproofError(
        'EMPTY_INPUT',
        `spec: value ${JSON.stringify(id)} has no anchors; the embedding scorer compares texts with them`,
        { argument: 'spec' },
      );
  return `embedding/1:${sha256Hex(canonicalJson({ spec: spec.hash, embedderId })).slice(0, 32)}`;
}

/** Asks for the vectors of anchors and texts in batches and turns them into scores. */
export interface AnchorJob {
  readonly batches: readonly (readonly string[])[];
  take(vectors: TextVectors): void;
  finish(): ValueScores;
}

export function anchorJob(spec: ValueSpec, items: DistinctTexts, options: EmbeddingScorerOptions): AnchorJob {
  const { batchSize = 64 } = options;
  const anchors = spec.values.flatMap((value) => [...value.anchors!.positive, ...(value.anchors!.negative ?? [])]);
  const texts = [...anchors, ...items.texts];
  const batches: string[][] = [];
  for (let i = 0; i < texts.length; i += batchSize) batches.push(texts.slice(i, i + batchSize));
  let taken = 0;
  let directions: Float64Array[] | null = null;
  const early: Float64Array[] = [];
  let width = -1;
  const columns = spec.values.map(() => new Float64Array(items.texts.length).fill(Number.NaN));
  let batch = 0;
  const put = (place: number, unit: Float64Array | null): void => {
    if (unit === null) return;
    for (let v = 0; v < columns.length; v++) columns[v]![place] = dot(unit, directions![v]!);
  };
  return {
    batches,
    take(vectors): void {
      const asked = batches[batch++]!;
      if (!Array.isArray(vectors))
        throw new SynthproofError(
          'BAD_OPTION',
          `embed: expected a list of vectors, received ${vectors === null ? 'null' : typeof vectors}; a function that gives a promise belongs to asyncEmbeddingScorer`,
          { argument: 'embed' },
        );
      if (vectors.length !== asked.length)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `embed: expected ${asked.length} vectors, received ${vectors.length}`,
          {
            argument: 'embed',
          },
        );
      for (const vector of vectors) {
        if (width < 0) width = vector.length;
        const unit = unitOf(vector, width);
        if (taken >= anchors.length) put(taken - anchors.length, unit);
        else if (unit === null)
          throw new SynthproofError(
            'BAD_VALUE',
            `embed: expected a direction for the anchor ${JSON.stringify(anchors[taken]!.slice(0, 80))}, received only zeros`,
            { argument: 'embed' },
          );
        else early.push(unit);
        taken++;
        if (taken === anchors.length) directions = directionsOf(spec, early, width);
      }
    },
    finish: () => ({ rows: items.codes.length, columns: spread(items.codes, columns) }),
  };
}

/** Mean of the positive anchors' unit vectors less that of the negative ones: its product with a unit vector is the score. */
function directionsOf(spec: ValueSpec, units: readonly Float64Array[], width: number): Float64Array[] {
  let at = 0;
  return spec.values.map(({ anchors }) => {
    const out = new Float64Array(width);
    const add = (count: number, sign: number): void => {
      for (let k = 0; k < count; k++, at++) for (let j = 0; j < width; j++) out[j]! += (sign / count) * units[at]![j]!;
    };
    add(anchors!.positive.length, 1);
    add(anchors!.negative?.length ?? 0, -1);
    return out;
  });
}

/** The vector at length 1, or null for zeros. */
function unitOf(vector: ArrayLike<number>, width: number): Float64Array | null {
  if (width === 0)
    throw new SynthproofError('EMPTY_INPUT', 'embed: expected vectors with at least one part, received empty ones', {
      argument: 'embed',
    });
  if (vector.length !== width)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `embed: expected vectors of ${width} parts, received ${vector.length}`,
      {
        argument: 'embed',
      },
    );
  let largest = 0;
  for (let j = 0; j < width; j++) {
    const x = vector[j]!;
    if (typeof x !== 'number' || x - x !== 0)
      throw new SynthproofError('BAD_NUMBER', `embed: expected finite numbers, received ${String(x)}`, {
        argument: 'embed',
      });
    largest = Math.max(largest, Math.abs(x));
  }
  if (largest === 0) return null;
  const out = new Float64Array(width);
  let squares = 0;
  for (let j = 0; j < width; j++) {
    // By the largest part first, so that no square overflows.
    out[j] = vector[j]! / largest;
    squares += out[j]! * out[j]!;
  }
  const norm = Math.sqrt(squares);
  for (let j = 0; j < width; j++) out[j]! /= norm;
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j]! * b[j]!;
  return total;
}

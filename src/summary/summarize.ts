import { SynthproofError } from '../errors.ts';
import type { JobOptions } from '../types.ts';
import type { Summarizer } from './summarizer.ts';

/**
 * The state of all chunks of a source, taken in one after another: the state of each chunk is dropped once it is in, so
 * memory stays bounded by one chunk and the summary.
 *
 * Chunks are batches of rows ({@link readCsvBatches} and {@link readNdjsonBatches} give them), never single rows: a
 * promise per row costs a hundred times the arithmetic.
 *
 * @param summarizer - What to compute.
 * @param chunks - An iterable (then the state is returned) or an async iterable (then a promise of it).
 * @param options - Signal and progress; the total is not known before the end, so `total` equals `done`.
 * @returns The state: `report` it, `encode` it, or `merge` it with others.
 * @throws {@link SynthproofError} `BAD_OPTION` when `chunks` is not iterable; `ABORTED`; and what the summarizer throws.
 * @example
 * const ages = momentsSummary({ columns: ['age'] });
 * const batches = [createTable([integerColumn('age', [20, 30])]), createTable([integerColumn('age', [70])])];
 * ages.report(summarize(ages, batches)).columns[0].mean; // => 40
 */
export function summarize<Chunk, State, Report>(
  summarizer: Summarizer<Chunk, State, Report>,
  chunks: Iterable<Chunk>,
  options?: JobOptions,
): State;
export function summarize<Chunk, State, Report>(
  summarizer: Summarizer<Chunk, State, Report>,
  chunks: AsyncIterable<Chunk>,
  options?: JobOptions,
): Promise<State>;
export function summarize<Chunk, State, Report>(
  summarizer: Summarizer<Chunk, State, Report>,
  chunks: Iterable<Chunk> | AsyncIterable<Chunk>,
  options: JobOptions = {},
): State | Promise<State> {
  if (typeof chunks === 'object' && chunks !== null) {
    if (Symbol.asyncIterator in chunks) return summarizeStream(summarizer, chunks, options);
    if (Symbol.iterator in chunks) {
      let state = summarizer.init();
      let done = 0;
      for (const chunk of chunks) {
        state = summarizer.update(state, chunk);
        step(options, ++done);
      }
      return state;
    }
  }
  throw new SynthproofError(
    'BAD_OPTION',
    'chunks: expected an iterable or async iterable of batches; wrap a single table as [table]',
    { argument: 'chunks' },
  );
}

async function summarizeStream<Chunk, State, Report>(
  summarizer: Summarizer<Chunk, State, Report>,
  chunks: AsyncIterable<Chunk>,
  options: JobOptions,
): Promise<State> {
  let state = summarizer.init();
  let done = 0;
  for await (const chunk of chunks) {
    state = summarizer.update(state, chunk);
    step(options, ++done);
  }
  return state;
}

function step(options: JobOptions, done: number): void {
  options.onProgress?.({ stage: 'summarize', done, total: done });
  if (options.signal?.aborted)
    throw new SynthproofError('ABORTED', 'signal: the job was aborted', { argument: 'signal' });
}

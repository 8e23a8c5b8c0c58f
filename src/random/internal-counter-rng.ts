import { SynthproofError } from '../errors.ts';
import type { Rng, RngState } from '../types.ts';
import { deriveStreamKey, splitWords } from './internal-key.ts';

/** A counter-based engine: its name, and how it fills blocks of four words. */
export interface CounterEngine {
  /** Engine and version as stored in {@link RngState}. */
  readonly id: string;
  /** Number of key words. */
  readonly keyWords: number;
  /** Domain prefix of the keys of derived streams. */
  readonly streamPrefix: string;
  /** Writes `blocks` blocks from block number (low, high) of stream (low, high). */
  fill(
    out: Uint32Array,
    start: number,
    blocks: number,
    key: Int32Array,
    low: number,
    high: number,
    streamLow: number,
    streamHigh: number,
  ): void;
}

/** Words generated ahead by a stream in use. */
const AHEAD = 32;

/** Largest stream index: index + 1 must stay a whole number below 2^53. */
const MAX_INDEX = 9007199254740990;

/** The one {@link Rng} over counter-based engines. */
export class CounterRng implements Rng {
  private readonly engine: CounterEngine;
  private readonly key: Int32Array;
  /** 0 for a root or a named stream, index + 1 for an indexed one. */
  private readonly streamWord: number;
  private readonly streamLow: number;
  private readonly streamHigh: number;
  /** Words generated ahead; made at the first single draw, so that an unused stream costs little. */
  private buffer: Uint32Array | null;
  /** Number of blocks generated so far. */
  private block: number;
  /** Words in `buffer`. */
  private ready: number;
  /** Place of the next word in `buffer`; `ready` when new blocks are due. */
  private at: number;

  constructor(engine: CounterEngine, key: Int32Array, streamWord: number, position: number) {
    this.engine = engine;
    this.key = key;
    this.streamWord = streamWord;
    const [low, high] = splitWords(streamWord);
    this.streamLow = low;
    this.streamHigh = high;
    this.buffer = null;
    this.block = Math.floor(position / 4);
    this.ready = 0;
    this.at = 0;
    const used = position % 4;
    if (used > 0) {
      this.refill();
      this.at = used;
    }
  }

  nextUint32(): number {
    if (this.at === this.ready) this.refill();
    return this.buffer![this.at++]!;
  }

  fill(out: Uint32Array): Uint32Array {
    const length = out.length;
    let i = 0;
    // Words left over from single draws come first, so that fill and nextUint32 read one and the same sequence.
    while (this.at < this.ready && i < length) out[i++] = this.buffer![this.at++]!;
    const blocks = (length - i) >>> 2;
    if (blocks > 0) {
      this.engine.fill(
        out,
        i,
        blocks,
        this.key,
        this.block | 0,
        (this.block / 4294967296) | 0,
        this.streamLow,
        this.streamHigh,
      );
      this.block += blocks;
      i += 4 * blocks;
    }
    while (i < length) out[i++] = this.nextUint32();
    return out;
  }

  stream(id: string | number): Rng {
    const { engine } = this;
    if (typeof id === 'string') {
      const key = deriveStreamKey(engine.streamPrefix, this.key, this.streamWord, id, engine.keyWords);
      return new CounterRng(engine, key, 0, 0);
    }
    if (!Number.isInteger(id) || id < 0 || id > MAX_INDEX)
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `id: expected a name or a whole number from 0 to 2^53 - 2, received ${String(id)}`,
        {
          argument: 'id',
        },
      );
    // The stream words hold one index. Below an indexed stream the parent's index moves into the key.
    const key =
      this.streamWord === 0
        ? this.key
        : deriveStreamKey(engine.streamPrefix, this.key, this.streamWord, null, engine.keyWords);
    return new CounterRng(engine, key, id + 1, 0);
  }

  state(): RngState {
    const key: number[] = [];
    for (let i = 0; i < this.key.length; i++) key.push(this.key[i]! >>> 0);
    return { engine: this.engine.id, key, stream: this.streamWord, position: 4 * this.block - (this.ready - this.at) };
  }

  /** Two blocks for the first draw, eight at a time once a stream is used for more. */
  private refill(): void {
    if (this.buffer === null) this.buffer = new Uint32Array(8);
    else if (this.buffer.length === 8) this.buffer = new Uint32Array(AHEAD);
    const blocks = this.buffer.length >>> 2;
    this.engine.fill(
      this.buffer,
      0,
      blocks,
      this.key,
      this.block | 0,
      (this.block / 4294967296) | 0,
      this.streamLow,
      this.streamHigh,
    );
    this.block += blocks;
    this.ready = 4 * blocks;
    this.at = 0;
  }
}

import { SynthproofError } from '../errors.ts';
import { decodeUtf8 } from '../hash/decode-utf8.ts';

/** A web `ReadableStream`, as far as it is used. */
export interface StreamLike {
  /** Locks the stream and reads it. */
  getReader(): {
    /** The next chunk. */
    read(): Promise<{
      /** Whether the stream has ended. */
      readonly done: boolean;
      /** The chunk; absent at the end. */
      readonly value?: string | Uint8Array | undefined;
    }>;
    /** Tells the stream that no more is wanted. */
    cancel?(reason?: unknown): Promise<unknown>;
  };
}

/** A text that arrives in pieces of any size: strings, or UTF-8 bytes cut anywhere. */
export type TextSource = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array> | StreamLike;

/** The host's decoder, as far as it is used. */
interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** Every supported host has it, but the language's own library does not name it. */
declare const TextDecoder:
  | undefined
  | (new (
      label: string,
      options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
    ) => Decoder);

/**
 * Text of whole UTF-8 characters. The host's decoder, told to refuse what is ill-formed and to keep a byte order mark,
 * gives what {@link decodeUtf8} gives, four times as fast; that one words the refusals.
 */
function decoded(decoder: Decoder | undefined, bytes: Uint8Array): string {
  try {
    if (decoder !== undefined) return decoder.decode(bytes);
  } catch {
    // Said below, with the byte.
  }
  return decodeUtf8(bytes);
}

/** The pieces as strings. Bytes are decoded strictly; a character cut between two pieces is put together. */
export async function* textChunks(source: TextSource): AsyncGenerator<string, void, undefined> {
  const decoder =
    typeof TextDecoder === 'undefined' ? undefined : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = new Uint8Array(0);
  for await (const chunk of pieces(source)) {
    if (typeof chunk === 'string') {
      if (rest.length > 0) throw cutOff();
      yield chunk;
      continue;
    }
    if (!(chunk instanceof Uint8Array))
      throw new SynthproofError(
        'BAD_OPTION',
        'source: expected strings or Uint8Array chunks; decode or convert them first',
        {
          argument: 'source',
        },
      );
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const whole = wholeCharacters(bytes);
    rest = bytes.slice(whole);
    if (whole > 0) yield decoded(decoder, bytes.subarray(0, whole));
  }
  if (rest.length > 0) throw cutOff();
}

function cutOff(): SynthproofError {
  return new SynthproofError('BAD_TEXT', 'source: the bytes end inside a UTF-8 character; the source is cut short', {
    argument: 'source',
  });
}

/** Number of leading bytes that do not end inside a character. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const lead = bytes[bytes.length - back]!;
    if (lead >= 0xc0) {
      const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
    if (lead < 0x80) break;
  }
  return bytes.length;
}

async function* pieces(source: TextSource): AsyncGenerator<string | Uint8Array, void, undefined> {
  // Node's streams have both; the iterator closes them properly. Browsers may lack the iterator.
  if (Symbol.asyncIterator in source || Symbol.iterator in source) {
    if (typeof source === 'string') yield source;
    else yield* source;
    return;
  }
  const reader = source.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value !== undefined) yield value;
    }
    finished = true;
  } finally {
    if (!finished) await reader.cancel?.();
  }
}

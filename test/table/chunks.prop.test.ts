import * as fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import { decodeUtf8 } from '../../src/hash/index.ts';
import { textChunks } from '../../src/table/internal-chunks.ts';

afterEach(() => vi.unstubAllGlobals());

/** Bytes that are often UTF-8 and often almost. */
const bytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 8 }),
  fc
    .array(
      fc.constantFrom(
        0x41,
        0x80,
        0xbf,
        0xc0,
        0xc3,
        0xa9,
        0xe0,
        0xe2,
        0x82,
        0xac,
        0xed,
        0xa0,
        0xef,
        0xbb,
        0xf0,
        0x9f,
        0x98,
        0xf4,
        0x90,
      ),
      { maxLength: 6 },
    )
    .map((list) => Uint8Array.from(list)),
);

async function joined(source: readonly Uint8Array[]): Promise<string | null> {
  let text = '';
  try {
    for await (const piece of textChunks(source)) text += piece;
  } catch (error) {
    expect((error as SynthproofError).code).toBe('BAD_TEXT');
    return null;
  }
  return text;
}

function strictly(all: Uint8Array): string | null {
  try {
    return decodeUtf8(all);
  } catch (error) {
    expect(error).toBeInstanceOf(SynthproofError);
    return null;
  }
}

test.each([['the host decoder'], ['no host decoder']])(
  'pieces of bytes decode as the whole does, with %s',
  async (which) => {
    if (which === 'no host decoder') vi.stubGlobal('TextDecoder', undefined);
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 5 }), async (pieces) => {
        expect(await joined(pieces)).toBe(strictly(Uint8Array.from(pieces.flatMap((piece) => [...piece]))));
      }),
      { numRuns: 1500 },
    );
  },
);

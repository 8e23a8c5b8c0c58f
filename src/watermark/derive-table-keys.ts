import { SynthproofError } from '../errors.ts';
import { hkdfSha256 } from '../hash/hkdf-sha256.ts';
import { utf8 } from '../hash/utf8.ts';

/** The two keys of one marked table. Both are secret. */
export interface TableKeys {
  /** Decides the sign of every unit; 32 bytes. */
  readonly colour: Uint8Array;
  /** Decides which columns give context to which; 32 bytes. Kept apart so that weights never depend on the signs. */
  readonly layout: Uint8Array;
}

/**
 * The colour and layout keys of one table, derived from the master key.
 *
 * HKDF-SHA-256 with the master key as input, the tableId as salt and `synthproof/table/v1/colour` or `.../layout`
 * as info. Use a fresh tableId for every release: tables marked under one id detect each other, and many copies
 * of one mark let a reader average the signs out.
 * Source: RFC 5869.
 *
 * @param key - Master key, 16 bytes or more, drawn from a secure source.
 * @param tableId - Names the release; not secret, not empty.
 * @returns Two keys of 32 bytes.
 * @throws {@link SynthproofError} `BAD_KEY` when the key is no Uint8Array of 16 bytes or more; `BAD_OPTION` when the tableId is
 * no text or empty; `BAD_TEXT` when it holds a lone surrogate.
 * @example
 * const keys = deriveTableKeys(fromHex('000102030405060708090a0b0c0d0e0f'), 'release-1');
 * keys.colour.length; // => 32
 */
export function deriveTableKeys(key: Uint8Array, tableId: string): TableKeys {
  // The message states the length only: no byte of a key may reach an error or a log.
  if (!(key instanceof Uint8Array) || key.length < 16)
    throw new SynthproofError(
      'BAD_KEY',
      `key: expected a Uint8Array of at least 16 bytes, received ${key instanceof Uint8Array ? `${key.length} bytes` : typeof key}; draw 32 random bytes and keep them secret`,
      { argument: 'key' },
    );
  if (typeof tableId !== 'string' || tableId === '')
    throw new SynthproofError(
      'BAD_OPTION',
      `tableId: expected a text that is not empty, received ${typeof tableId}; use a fresh id for every release`,
      { argument: 'tableId' },
    );
  const salt = utf8(tableId);
  return {
    colour: hkdfSha256(key, salt, utf8('synthproof/table/v1/colour'), 32),
    layout: hkdfSha256(key, salt, utf8('synthproof/table/v1/layout'), 32),
  };
}

import { utf8 } from '../hash/utf8.ts';

/**
 * Pre-authentication encoding: the bytes that a DSSE signature signs. Type and payload carry their byte lengths, so
 * no payload can pass for another type's.
 * Source: DSSE protocol 1.0, signature definition.
 *
 * @param payloadType - Type of the payload.
 * @param payload - The payload.
 * @returns `DSSEv1 LENGTH TYPE LENGTH PAYLOAD`.
 * @throws {@link SynthproofError} `BAD_TEXT` when the type holds a lone surrogate.
 * @example
 * decodeUtf8(dssePae('text/plain', utf8('hello'))); // => 'DSSEv1 10 text/plain 5 hello'
 */
export function dssePae(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  const head = utf8(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const message = new Uint8Array(head.length + payload.length);
  message.set(head);
  message.set(payload, head.length);
  return message;
}

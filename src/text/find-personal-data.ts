/** A kind of personal data that {@link findPersonalData} looks for. */
export type PersonalDataKind = 'email' | 'phone' | 'card' | 'iban' | 'ipv4' | 'us-ssn';

/** One find. */
export interface PersonalDataMatch {
  /** What it looks like. */
  readonly kind: PersonalDataKind;
  /** Index of its first code unit. */
  readonly start: number;
  /** Index after its last code unit. */
  readonly end: number;
}

/**
 * Places in a text that look like an e-mail address, phone number, payment card number (Luhn check digit), IBAN (mod 97),
 * IPv4 address or US social security number.
 *
 * Patterns only: names, addresses and dates of birth are not seen, and an invented number looks like a real one. Written
 * as plain scans, so the time is linear in the length whatever the text holds. A number counts once, under the first
 * fitting kind of `us-ssn`, `ipv4`, `card`, `phone`. Phones: with a leading `+` 8 to 15 digits, otherwise 10 or 11
 * digits in at least three groups.
 *
 * @param text - Any text.
 * @returns The finds in order of place.
 * @example
 * findPersonalData('Mail ann@example.org or call +44 20 7946 0958.').map(({ kind }) => kind); // => ['email', 'phone']
 */
export function findPersonalData(text: string): PersonalDataMatch[] {
  const found: PersonalDataMatch[] = [];
  let i = 0;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const before = i > 0 ? text.charCodeAt(i - 1) : 0x20;
    if (code === 0x40) {
      const match = emailAt(text, i);
      if (match) found.push(match);
      i++;
    } else if (isUpper(code) && !isAlnum(before)) {
      const match = ibanAt(text, i);
      if (match) found.push(match);
      i = match ? match.end : i + 1;
    } else if ((isDigit(code) || (code === 0x2b && isDigit(text.charCodeAt(i + 1)))) && !isAlnum(before)) {
      const end = pastNumber(text, i);
      const kind = numberKind(text.slice(i, Math.min(end, i + 48)), end - i);
      if (kind && !isAlnum(text.charCodeAt(end))) found.push({ kind, start: i, end });
      i = end;
    } else i++;
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isAlnum = (code: number): boolean => isDigit(code) || isUpper(code) || (code >= 0x61 && code <= 0x7a);

function emailAt(text: string, at: number): PersonalDataMatch | null {
  let start = at;
  while (start > 0 && at - start < 64 && isLocal(text.charCodeAt(start - 1))) start--;
  while (start < at && !isAlnum(text.charCodeAt(start))) start++;
  let end = at + 1;
  let lastDot = -1;
  while (end < text.length && end - at < 254) {
    const code = text.charCodeAt(end);
    if (code === 0x2e) {
      if (!isAlnum(text.charCodeAt(end - 1)) || !isAlnum(text.charCodeAt(end + 1))) break;
      lastDot = end;
    } else if (!isAlnum(code) && code !== 0x2d) break;
    end++;
  }
  return start < at && lastDot > 0 && end - lastDot > 2 ? { kind: 'email', start, end } : null;
}

function isLocal(code: number): boolean {
  return isAlnum(code) || code === 0x2e || code === 0x5f || code === 0x25 || code === 0x2b || code === 0x2d;
}

function ibanAt(text: string, start: number): PersonalDataMatch | null {
  if (!isUpper(text.charCodeAt(start + 1)) || !isDigit(text.charCodeAt(start + 2))) return null;
  let letters = '';
  let best: PersonalDataMatch | null = null;
  for (let i = start; i < text.length && letters.length < 34; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20 && letters.length % 4 === 0) continue;
    if (!isDigit(code) && !isUpper(code)) break;
    letters += text.charAt(i);
    if (letters.length >= 15 && !isAlnum(text.charCodeAt(i + 1)) && mod97(letters) === 1)
      best = { kind: 'iban', start, end: i + 1 };
  }
  return best;
}

/** Remainder of ISO 13616: the first four signs behind the others, letters as 10 to 35. */
function mod97(iban: string): number {
  let remainder = 0;
  for (let k = 0; k < iban.length; k++) {
    const code = iban.charCodeAt((k + 4) % iban.length);
    remainder = isDigit(code) ? (remainder * 10 + code - 48) % 97 : (remainder * 100 + code - 55) % 97;
  }
  return remainder;
}

/** End of a run of digits with at most two of ` -./()` between two digits. */
function pastNumber(text: string, start: number): number {
  let end = start + 1;
  let at = start + 1;
  let gap = 0;
  while (at < text.length && gap <= 2) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      end = at + 1;
      gap = 0;
    } else if (' -./()'.includes(text.charAt(at))) gap++;
    else break;
    at++;
  }
  return end;
}

function numberKind(run: string, length: number): PersonalDataKind | null {
  if (length > 40) return null;
  if (/^\d{3}-\d{2}-\d{4}$/.test(run))
    return run.startsWith('000') || run.startsWith('666') || run.startsWith('9') ? null : 'us-ssn';
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(run))
    return run.split('.').every((part) => Number(part) <= 255) ? 'ipv4' : null;
  const digits = run.replace(/[^\d]/g, '');
  if (/^[\d -]+$/.test(run) && digits.length >= 13 && digits.length <= 19 && luhn(digits)) return 'card';
  if (run.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? 'phone' : null;
  const groups = run.split(/[ \-./()]+/).filter((group) => group !== '').length;
  return groups >= 3 && groups <= 5 && (digits.length === 10 || digits.length === 11) ? 'phone' : null;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

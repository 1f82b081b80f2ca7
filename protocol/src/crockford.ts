/** Crockford's base32: letters that survive being read aloud, printed and typed. */
export const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const SYMBOL_VALUES = new Map([...CROCKFORD_ALPHABET].map((symbol, value) => [symbol, value]));

/** 26 symbols of 5 bits: 130 bits. */
const TOKEN_SYMBOLS = 26;

/** Longest text that is looked at; anything longer was not typed. */
const MAX_TYPED = 256;

/** Value 0 to 31 of a symbol in its canonical form; null for any other character. */
export function symbolValue(symbol: string): number | null {
  return SYMBOL_VALUES.get(symbol) ?? null;
}

/**
 * What people type to canonical symbols: full-width forms, small letters, O for 0, I and L for 1; blanks, hyphens, dashes of
 * every kind and invisible characters are dropped. Null if anything is left that is no symbol.
 */
export function normaliseCrockford(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  const symbols = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return [...symbols].every((symbol) => SYMBOL_VALUES.has(symbol)) ? symbols : null;
}

/** Five bits a symbol from the front; the last symbol is filled up with zero bits. */
export function encodeCrockford(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += CROCKFORD_ALPHABET[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  if (bits > 0) text += CROCKFORD_ALPHABET[(held << (5 - bits)) & 31];
  return text;
}

/** Null for text with other characters, or whose last symbol carries bits that belong to no byte. */
export function decodeCrockford(text: string): Uint8Array<ArrayBuffer> | null {
  const symbols = normaliseCrockford(text);
  if (symbols === null) return null;
  const bytes = new Uint8Array(Math.floor((symbols.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const symbol of symbols) {
    held = (held << 5) | (SYMBOL_VALUES.get(symbol) ?? 0);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return bits < 5 && held === 0 ? bytes : null;
}

/** A new token: 26 random symbols, 130 bits. */
export function randomToken(): string {
  const random = crypto.getRandomValues(new Uint8Array(TOKEN_SYMBOLS));
  return Array.from(random, (byte) => CROCKFORD_ALPHABET[byte & 31]).join('');
}

/** The canonical form of a token as typed or pasted; null if it cannot be one. */
export function readToken(text: string): string | null {
  const symbols = normaliseCrockford(text);
  return symbols?.length === TOKEN_SYMBOLS ? symbols : null;
}

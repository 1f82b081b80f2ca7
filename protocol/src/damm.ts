/**
 * One check symbol over GF(32), from the same 32 letters, after Damm: the running value is multiplied by x at each step, so
 * that position i weighs x^i. The weights of 31 positions in a row differ and none is zero: every single substitution and
 * every swap of two symbols, adjacent or not, changes the sum.
 */
import { CROCKFORD_ALPHABET, symbolValue } from './crockford.ts';

/** x^5 + x^2 + 1: primitive, so that x runs through all 31 non-zero elements. */
const POLYNOMIAL = 0b100101;

function timesX(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ POLYNOMIAL : shifted;
}

/** The check symbol of canonical Crockford symbols (at most 30). Throws RangeError for other characters. */
export function dammCheckSymbol(symbols: string): string {
  let sum = 0;
  for (const symbol of symbols) {
    const value = symbolValue(symbol);
    if (value === null) throw new RangeError('not a Crockford symbol');
    sum = timesX(sum ^ value);
  }
  return CROCKFORD_ALPHABET[sum] ?? '';
}

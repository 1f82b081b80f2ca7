/**
 * Serials sold before this platform have no check character and no tag. People type them as carelessly as the new ones, so
 * they are kept and looked up in one folded form: upper case, without spaces and dashes, full-width forms narrowed, and the
 * letters that look like digits (O, I, L) read as those digits. Two serials that differ only so count as the same one.
 */

const SPACES_AND_DASHES = /[\p{White_Space}\p{Dash}\p{Default_Ignorable_Code_Point}]/gu;

/** The folded form, or null where something is left that no printed serial contains (only visible ASCII is). */
export function foldLegacySerial(text: string): string | null {
  const folded = text
    .normalize('NFKC')
    .replace(SPACES_AND_DASHES, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[!-~]+$/.test(folded) ? folded : null;
}

/** As it is shown again: trimmed, narrowed, upper case, dashes as the plain hyphen. */
export function printLegacySerial(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Dash}/gu, '-')
    .replace(/\p{White_Space}+/gu, ' ')
    .trim()
    .toUpperCase();
}

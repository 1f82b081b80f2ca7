/** Addresses are kept as URLs write them. People read and write letters: `/%C3%BCber-uns` is `/über-uns`. */

/** Escapes of letters beyond ASCII as these letters; what could deceive the eye (spaces, controls, directions) stays escaped. */
export function readableAddress(kept: string): string {
  return kept.replace(/(?:%[89A-F][0-9A-F])+/gi, (escapes) => {
    try {
      const text = decodeURIComponent(escapes);
      return /[\p{C}\p{Z}]/u.test(text) ? escapes : text;
    } catch {
      return escapes;
    }
  });
}

/** The other way; a part of an address, too. What is escaped already stays as it is. */
export function keptAddress(written: string): string {
  return written.replace(/[^\0-\x7f]+/g, (letters) => encodeURIComponent(letters.toWellFormed()));
}

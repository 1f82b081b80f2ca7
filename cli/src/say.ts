/** What a command tells its user: the answer to standard output, remarks to standard error. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A value that came from outside, without line breaks and without anything that a terminal would obey. */
export function onOneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** `1 row`, `1,200 rows`: of words that only need an s. */
export function numbered(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What a command tells its user: the answer to standard output, remarks to standard error. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

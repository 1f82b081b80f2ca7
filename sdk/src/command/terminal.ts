/** The terminal of one call: what it was told, and how it answers. */
import { createInterface } from 'node:readline/promises';
import type { Texts } from './texts.ts';

export interface Terminal {
  texts: Texts;
  language: 'en' | 'de';
  /** Set by `--json`. */
  json: boolean;
  /** Whether somebody can be asked. */
  interactive: boolean;
  say(line: string): void;
  /** To standard error. */
  remark(line: string): void;
  ask(question: string): Promise<string>;
}

/** The person ended the questions: Ctrl+C or Ctrl+D. */
export class Interrupted extends Error {}

export function openTerminal(texts: Texts, language: 'en' | 'de', json: boolean): Terminal {
  return {
    texts,
    language,
    json,
    interactive: !json && process.stdin.isTTY === true && process.stdout.isTTY === true,
    say: (line) => void process.stdout.write(`${line}\n`),
    remark: (line) => void process.stderr.write(`${line}\n`),
    async ask(question) {
      const reader = createInterface({ input: process.stdin, output: process.stdout });
      const ended = new Promise<never>((_, reject) => reader.once('close', () => reject(new Interrupted())));
      try {
        return (await Promise.race([reader.question(question), ended])).trim();
      } finally {
        // Nobody waits for it any more, and closing fires it.
        ended.catch(() => {});
        reader.close();
      }
    },
  };
}

/** Whether this was a yes, in either language. Null: neither yes nor no. */
export function readYes(answer: string): boolean | null {
  if (/^(?:y|yes|j|ja)$/i.test(answer)) return true;
  return /^(?:n|no|nein)$/i.test(answer) ? false : null;
}

/** Until it is a yes or a no: neither has a head start. */
export async function askYesNo(terminal: Terminal, question: string): Promise<boolean> {
  for (;;) {
    const answer = readYes(await terminal.ask(question));
    if (answer !== null) return answer;
  }
}

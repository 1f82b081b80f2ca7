/** Which commands what was typed means, the best ones first. */
export interface Findable {
  label: string;
  words: string;
}

/** Without case, accents and umlauts: "uber" finds "Über". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** 0: begins with it; 1: a word does; 2: anywhere in the label; 3: in the other words; null: nowhere. */
function rank({ label, words }: Findable, typed: string): number | null {
  const name = plain(label);
  if (name.startsWith(typed)) return 0;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))) return 1;
  if (name.includes(typed)) return 2;
  return plain(words).includes(typed) ? 3 : null;
}

/** Every typed word must be found; the order of equals stays. */
export function findCommands<Command extends Findable>(commands: readonly Command[], typed: string): Command[] {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  const found: { command: Command; worst: number }[] = [];
  for (const command of commands) {
    const ranks = parts.map((part) => rank(command, part));
    if (!ranks.includes(null)) found.push({ command, worst: Math.max(0, ...ranks.map(Number)) });
  }
  return found.toSorted((a, b) => a.worst - b.worst).map(({ command }) => command);
}

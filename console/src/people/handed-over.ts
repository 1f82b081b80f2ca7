/** What was typed into the command palette to find somebody: handed over in memory, so that no address and no history says it. */
let waiting: string | null = null;
const takers = new Set<(text: string) => void>();

export function handOver(text: string): void {
  if (takers.size === 0) waiting = text;
  for (const take of takers) take(text);
}

/** Takes what waits, and whatever comes. Returns how to stop. */
export function takeHandedOver(take: (text: string) => void): () => void {
  if (waiting !== null) take(waiting);
  waiting = null;
  takers.add(take);
  return () => takers.delete(take);
}

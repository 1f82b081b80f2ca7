/**
 * Answers that were asked for before the part of the page that wants them was there. Each is handed out once, and only while it is
 * fresh: whoever finds none asks as ever.
 */
const FRESH_MS = 10_000;

export interface Ahead<Answer> {
  keep(key: string, answer: Answer): void;
  take(key: string): Answer | null;
}

export function createAhead<Answer>(now: () => number = () => performance.now()): Ahead<Answer> {
  const kept = new Map<string, { until: number; answer: Answer }>();
  return {
    keep: (key, answer) => void kept.set(key, { until: now() + FRESH_MS, answer }),
    take(key) {
      const found = kept.get(key);
      kept.delete(key);
      return found && now() < found.until ? found.answer : null;
    },
  };
}

/** By address. Of GET routes only, and with the session's cookie. */
export const responsesAhead = createAhead<Promise<Response>>();

/** Asks now; whoever calls the same route next gets this answer. Null where it cannot be read as one. */
export async function askAhead<Content>(address: string): Promise<Content | null> {
  const response = fetch(address, { credentials: 'same-origin', cache: 'no-store' });
  responsesAhead.keep(address, response);
  // A second one to read: whoever calls reads the first.
  return response.then((told) => (told.ok ? told.clone().json() : null)).catch(() => null);
}

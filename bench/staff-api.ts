/** The vault's API as the console calls it, and how long a route takes. */
import type { BrowserContext } from 'playwright-core';

/** `POST /people/find`, as in the contract. */
export type AskVault = (route: string, body?: object) => Promise<unknown>;

/** With the session of the browser. Throws for a refusal. */
export async function askAsMember(context: BrowserContext, url: string): Promise<AskVault> {
  const cookies = await context.cookies(`${url}/api`);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const session = await fetch(`${url}/api/session`, { headers: { cookie } });
  const { csrf } = (await session.json()) as { csrf: string };
  return async (route, body) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { cookie, origin: url, 'avow-csrf': csrf, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${route} was refused: ${JSON.stringify(answer)}`);
    return answer;
  };
}

export interface Taken {
  median: number;
  p95: number;
}

/** Milliseconds of `times` calls, one after the other; the first one is not counted. */
export async function timeCalls(times: number, call: (time: number) => Promise<unknown>): Promise<Taken> {
  await call(0);
  const taken: number[] = [];
  for (let time = 1; time <= times; time++) {
    const began = performance.now();
    await call(time);
    taken.push(performance.now() - began);
  }
  return { median: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

/** Rounded to a tenth. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10;
}

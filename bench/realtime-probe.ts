/** How long it takes from the acknowledgement of a page view until `/api/visits/realtime` shows the page. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openVaultDatabase } from '@avow/vault/platform/database';
import { isoDay } from '@avow/vault/platform/day';
import { issueApiToken } from '@avow/vault/platform/http/api-tokens';
import type { TestHouse } from '../flows/house.ts';

export interface RealtimeProbe {
  /** Views a page that nobody has viewed before. Throws if it is not shown within a minute. */
  delayMs(): Promise<number>;
  /** Once a second, until stopped; gives all delays. */
  keepProbing(): { stop(): Promise<number[]> };
  /** How many page views were acknowledged. */
  sent(): number;
}

const LOOK_EVERY_MS = 50;
const PROBE_EVERY_MS = 1_000;
const PATIENCE_MS = 60_000;
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'de',
  'accept-encoding': 'gzip',
  'sec-fetch-site': 'same-origin',
  'content-type': 'text/plain',
};

export async function createRealtimeProbe({ edge, vault, engines }: TestHouse): Promise<RealtimeProbe> {
  const db = openVaultDatabase(engines.urls.vaultDatabase ?? '', 1);
  const today = isoDay(new Date());
  const grant = { label: 'bench', permissions: ['visits:read' as const], validThrough: null, today };
  const { token } = await issueApiToken(db, grant);
  await db.destroy();
  let sent = 0;

  async function isShown(page: string): Promise<boolean> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${vault?.url}/api/visits/realtime`, { headers });
    if (!response.ok) throw new Error(`realtime answers ${response.status}: ${await response.text()}`);
    const { pages } = (await response.json()) as { pages: { page: string }[] };
    return pages.some((row) => row.page === page);
  }

  async function delayMs(): Promise<number> {
    const page = `/probe/${randomBytes(8).toString('hex')}`;
    const origin = 'https://nordlicht.example';
    const body = JSON.stringify({ i: randomBytes(8).toString('base64url'), u: `${origin}${page}` });
    // Each probe is a visitor: one person does not open so many pages.
    const [a, b] = randomBytes(2);
    const headers = { ...BROWSER, origin, 'x-forwarded-for': `198.51.${a}.${b}` };
    const { status } = await fetch(`${edge?.url}/collect`, { method: 'POST', body, headers });
    if (status !== 202) throw new Error(`collect answers ${status}`);
    sent += 1;
    const acknowledged = performance.now();
    while (!(await isShown(page))) {
      if (performance.now() - acknowledged > PATIENCE_MS) throw new Error('realtime does not show a page view');
      await sleep(LOOK_EVERY_MS);
    }
    return performance.now() - acknowledged;
  }

  return {
    delayMs,
    keepProbing() {
      const delays: number[] = [];
      let stopped = false;
      const probing = (async () => {
        while (!stopped) {
          delays.push(await delayMs());
          await sleep(PROBE_EVERY_MS);
        }
      })();
      return {
        async stop() {
          stopped = true;
          await probing;
          return delays;
        },
      };
    },
    sent: () => sent,
  };
}

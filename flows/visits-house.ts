/** A house with some weeks of visits, played through the real way of counting, and figures as the API tells them to the page. */
import { playTraffic } from '@avow/cli/demo/play-traffic';
import { loadConfig } from '@avow/config/config';
import { openEdgeDatabase } from '@avow/edge/platform/database';
import type { Answer } from '@avow/protocol/staff/visits';
import type { Page } from 'playwright-core';
import { spoolEmpty } from './arrivals.ts';
import { CONFIG, startTestHouse, type TestHouse } from './house.ts';

const VISITS_PER_DAY = 260;

export async function startVisitsHouse(days: number): Promise<TestHouse> {
  const house = await startTestHouse();
  const db = openEdgeDatabase(house.engines.urls.edgeDatabase ?? '');
  try {
    await playTraffic(
      { config: await loadConfig(CONFIG), db },
      {
        days,
        seed: 8,
        visitsPerDay: VISITS_PER_DAY,
        until: Date.now(),
        signal: new AbortController().signal,
        onDay: () => {},
      },
    );
    await spoolEmpty(house, 120);
    return house;
  } catch (error) {
    await house.remove();
    throw error;
  } finally {
    await db.destroy();
  }
}

/** Asks the API with the session of the page. */
export async function figuresOf(page: Page, question: Record<string, string>): Promise<Answer> {
  const query = new URLSearchParams({ metrics: 'visitors,visits,pageViews,bounceRate', ...question });
  return page.evaluate(`fetch('/api/visits/query?${query}').then((answer) => answer.json())`) as Promise<Answer>;
}

/** What a headline figure shows, without its name and change. */
export async function headline(page: Page, metric: string): Promise<string> {
  const text = await page.locator(`[data-headline="${metric}"] > span:nth-child(2)`).textContent();
  return text?.trim() ?? '';
}

export function written(value: number | null | undefined): string {
  return typeof value === 'number' ? new Intl.NumberFormat('en-GB').format(value) : '–';
}

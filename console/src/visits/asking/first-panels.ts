/** What the screen of visits asks first, known from its address: so that it can be asked before the screen is there. */
import type { Days, Granularity, Panel } from '@avow/protocol/staff/visits';
import { HEADLINES } from '../figures/metrics.ts';
import { DEVICES, EVENTS, PAGES, SOURCES, shortPanel } from '../lists/lists.ts';
import { todayIn } from '../state/days.ts';
import { daysOf, granularitiesOf } from '../state/periods.ts';
import { comparisonOf, USUAL_PERIOD, type VisitsSearch } from '../state/search.ts';

const MOST_COUNTRIES = 260;

export interface ShownTime {
  days: Days;
  /** The one that is shown. */
  granularity: Granularity;
  /** All that fit. */
  granularities: [Granularity, ...Granularity[]];
}

export function shownTime({ from, to, period = USUAL_PERIOD, by }: VisitsSearch, timeZone: string): ShownTime {
  const days = from && to ? { from, to } : daysOf(period, todayIn(timeZone));
  const granularities = granularitiesOf(days);
  return { days, granularities, granularity: granularities.find((one) => one === by) ?? granularities[0] };
}

const compared = (search: VisitsSearch): Pick<Panel, 'compare'> => {
  const compare = comparisonOf(search);
  return compare ? { compare } : {};
};

/** Headline figures and graph. */
export function overviewPanel(search: VisitsSearch, timeZone: string): Panel {
  const { granularity } = shownTime(search, timeZone);
  return { metrics: [...HEADLINES], granularity, ...compared(search) };
}

export function sitesPanel(search: VisitsSearch): Panel {
  return { metrics: [...HEADLINES], dimensions: ['site'], ...compared(search) };
}

export const MAP_PANEL: Panel = { metrics: ['visitors'], dimensions: ['country'], limit: MOST_COUNTRIES };

/** Everything else that is on the screen when it opens. */
export function otherPanels(search: VisitsSearch): Panel[] {
  return [
    ...(search.site === undefined ? [sitesPanel(search)] : []),
    ...[SOURCES[0], PAGES[0]].map(shortPanel),
    MAP_PANEL,
    ...[DEVICES[0], EVENTS].map(shortPanel),
  ];
}

/** Of a screen with figures; the one of now asks something else. */
export function firstPanels(search: VisitsSearch, timeZone: string): Panel[] {
  return search.view === 'now' ? [] : [overviewPanel(search, timeZone), ...otherPanels(search)];
}

/**
 * The one definition of each figure, for every screen, export and answer. A metric is one sum, or one sum divided by another; the sums
 * (parts) can be added up over hours, days and sites, so that stored roll-ups and raw events give the same.
 */
export const PARTS = [
  'views',
  'visits',
  'visitors',
  'visit_starts',
  'bounces',
  'visit_views',
  'visit_engaged_ms',
  'engaged_ms',
  'scroll_percent',
  'scrolled_pages',
  'events',
  'outbound',
  'downloads',
  'not_found',
  'forms',
] as const;
export type Part = (typeof PARTS)[number];

export const UNITS = ['count', 'share', 'seconds', 'percent', 'ratio'] as const;

export interface Metric {
  part: Part;
  /** Divided by this; without it, no figure. */
  per?: Part;
  /** So many of the part make one of the unit: milliseconds of a second. */
  perUnit?: number;
  unit: (typeof UNITS)[number];
  definition: { en: string; de: string };
}

export const METRICS = {
  pageViews: {
    part: 'views',
    unit: 'count',
    definition: {
      en: 'Loads of a page, navigation within a page application included.',
      de: 'Aufrufe einer Seite, Wechsel innerhalb einer Seitenanwendung eingeschlossen.',
    },
  },
  visits: {
    part: 'visits',
    unit: 'count',
    definition: {
      en: 'Page views of one visitor with gaps under 30 minutes. Counted once, in the hour in which it begins; in a list of pages, in the hour of its first view of the page; in a list of events, of its first such event.',
      de: 'Seitenaufrufe eines Besuchers mit Pausen unter 30 Minuten. Einmal gezählt, in der Stunde, in der er beginnt; in einer Liste von Seiten in der Stunde des ersten Aufrufs der Seite; in einer Liste von Ereignissen in der des ersten solchen.',
    },
  },
  visitors: {
    part: 'visitors',
    unit: 'count',
    definition: {
      en: 'Anonymous visitor ids. An id lives one day and counts once per site and day; the visitors of several days are added up.',
      de: 'Anonyme Besucherkennungen. Eine Kennung lebt einen Tag und zählt einmal je Website und Tag; die Besucher mehrerer Tage werden addiert.',
    },
  },
  bounceRate: {
    part: 'bounces',
    per: 'visit_starts',
    unit: 'share',
    definition: {
      en: 'Share of the visits that began in the time shown and had one page view, under 10 seconds of engaged time, and nothing else: no event, download, outbound link, form or missing page.',
      de: 'Anteil der in der gezeigten Zeit begonnenen Besuche mit einem Seitenaufruf, unter 10 Sekunden Zuwendung und sonst nichts: kein Ereignis, Download, Link nach außen, Formular, keine fehlende Seite.',
    },
  },
  engagedTime: {
    part: 'engaged_ms',
    per: 'views',
    perUnit: 1000,
    unit: 'seconds',
    definition: {
      en: 'Seconds per page view in which the page was visible and focused.',
      de: 'Sekunden je Seitenaufruf, in denen die Seite sichtbar war und den Fokus hatte.',
    },
  },
  visitDuration: {
    part: 'visit_engaged_ms',
    per: 'visit_starts',
    perUnit: 1000,
    unit: 'seconds',
    definition: {
      en: 'Engaged seconds per visit, of the whole visit, for visits that began in the time shown.',
      de: 'Sekunden der Zuwendung je Besuch, des ganzen Besuchs, für Besuche, die in der gezeigten Zeit begannen.',
    },
  },
  viewsPerVisit: {
    part: 'visit_views',
    per: 'visit_starts',
    unit: 'ratio',
    definition: {
      en: 'Page views per visit, of the whole visit, for visits that began in the time shown.',
      de: 'Seitenaufrufe je Besuch, des ganzen Besuchs, für Besuche, die in der gezeigten Zeit begannen.',
    },
  },
  scrollDepth: {
    part: 'scroll_percent',
    per: 'scrolled_pages',
    unit: 'percent',
    definition: {
      en: 'How far pages were scrolled: the greatest depth of each page in each visit, averaged.',
      de: 'Wie weit Seiten gelesen wurden: die größte Tiefe jeder Seite in jedem Besuch, gemittelt.',
    },
  },
  events: {
    part: 'events',
    unit: 'count',
    definition: { en: 'Declared events.', de: 'Erklärte Ereignisse.' },
  },
  outboundLinks: {
    part: 'outbound',
    unit: 'count',
    definition: { en: 'Outbound links followed.', de: 'Verfolgte Links nach außen.' },
  },
  downloads: {
    part: 'downloads',
    unit: 'count',
    definition: { en: 'Files downloaded.', de: 'Geladene Dateien.' },
  },
  notFoundPages: {
    part: 'not_found',
    unit: 'count',
    definition: { en: 'Views of addresses that do not exist.', de: 'Aufrufe von Adressen, die es nicht gibt.' },
  },
  formsSent: {
    part: 'forms',
    unit: 'count',
    definition: { en: 'Forms sent, never their content.', de: 'Abgesandte Formulare, nie ihr Inhalt.' },
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as [MetricName, ...MetricName[]];

/** A visit with less engaged time may be a bounce. */
export const BOUNCE_BELOW_MS = 10_000;

export type Sums = Partial<Record<Part, number>>;

export function metricOf(name: MetricName): Metric {
  return METRICS[name];
}

/** The figure from its sums; null where there is nothing to divide by. */
export function figureOf(name: MetricName, sums: Sums): number | null {
  const { part, per, perUnit = 1 } = metricOf(name);
  const count = (sums[part] ?? 0) / perUnit;
  if (!per) return count;
  const whole = sums[per] ?? 0;
  return whole === 0 ? null : Math.round((count / whole) * 10_000) / 10_000;
}

/** The sums that these figures need. */
export function partsOf(metrics: readonly MetricName[]): Set<Part> {
  return new Set(metrics.map(metricOf).flatMap(({ part, per }) => (per ? [part, per] : [part])));
}

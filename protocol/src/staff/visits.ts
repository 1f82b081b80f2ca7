/**
 * Questions about the visits and their answers, as both ends see them. Every path stands under `/api`. The vault's schemas are held to
 * these types by the compiler, in both directions. What every figure means is told by `GET /visits/definitions`.
 */

export type MetricName =
  | 'pageViews'
  | 'visits'
  | 'visitors'
  | 'bounceRate'
  | 'engagedTime'
  | 'visitDuration'
  | 'viewsPerVisit'
  | 'scrollDepth'
  | 'events'
  | 'outboundLinks'
  | 'downloads'
  | 'notFoundPages'
  | 'formsSent';

export type DimensionName =
  | 'site'
  | 'source'
  | 'referrer'
  | 'channel'
  | 'utmSource'
  | 'utmMedium'
  | 'utmCampaign'
  | 'utmContent'
  | 'utmTerm'
  | 'entryPage'
  | 'exitPage'
  | 'country'
  | 'language'
  | 'device'
  | 'browser'
  | 'browserVersion'
  | 'os'
  | 'osVersion'
  | 'bot'
  | 'page'
  | 'event'
  | 'outbound'
  | 'download'
  | 'notFound'
  | 'form';

/** `property:plan`: a declared property of an event. */
export type AnyDimension = DimensionName | `property:${string}`;

export type Granularity = 'hour' | 'day' | 'week' | 'month';

export type NamedPeriod =
  | 'today'
  | 'yesterday'
  | 'last 7 days'
  | 'last 30 days'
  | 'last 90 days'
  | 'last 12 months'
  | 'this week'
  | 'this month'
  | 'last month'
  | 'this year';

/** ISO days, both included. */
export interface Days {
  from: string;
  to: string;
}

export interface Step {
  dimension: AnyDimension;
  operator: 'is' | 'is not' | 'contains' | 'starts with';
  /** Any of these; with `is not`, none of these. An empty text stands for "not known". */
  values: string[];
}

export interface Filter extends Step {
  /** Of pages and events: only these events themselves (the default), or visits in which such an event happened. */
  within?: 'event' | 'visit' | undefined;
}

/** Which visits a question is about. */
export interface Ground {
  /** Ids of sites. Without: the whole group. */
  sites?: string[] | undefined;
  period: NamedPeriod | Days;
  /** IANA name. Without: the reporting time zone of the configuration. */
  timeZone?: string | undefined;
  /** All of them apply. */
  filters?: Filter[] | undefined;
  /** Id of a saved segment: its filters apply too. */
  segment?: string | undefined;
  /** Whether what is taken for a program is left out (the default), counted too, or counted alone. */
  bots?: 'out' | 'in' | 'only' | undefined;
}

/** What is asked of those visits. */
export interface Panel {
  metrics: MetricName[];
  /** At most two. */
  dimensions?: AnyDimension[] | undefined;
  /** Adds `time` to every row. */
  granularity?: Granularity | undefined;
  compare?: 'previous period' | 'previous year' | Days | undefined;
  /** Without: by the first metric, the greatest first; with a granularity, by time. */
  order?: { by: MetricName; direction?: 'ascending' | 'descending' | undefined } | undefined;
  /** 100 rows, if nothing else is said; at most 1000. */
  limit?: number | undefined;
  /** Adds definitions, query texts, and what was dropped or taken for a program. */
  explain?: boolean | undefined;
}

export interface Question extends Ground, Panel {}

/** What stands beside the figures of journeys, funnels and goals, as beside those of a question. */
export interface Beside {
  missing?: Days | undefined;
  explanation?: Explanation | undefined;
}

export interface Figure {
  /** Null: suppressed, or nothing to divide by. */
  value: number | null;
  /** The group is too small to be told. */
  suppressed?: true | undefined;
}

export interface ComparedFigure extends Figure {
  /** The same of the compared period. */
  compared?: Figure | undefined;
}

export interface AnswerRow {
  /** First day of the bucket; of hours, local time with its offset. */
  time?: string | undefined;
  dimensions: Record<string, string>;
  figures: Record<string, ComparedFigure>;
}

export interface Definition {
  en: string;
  de: string;
}

export interface MetricDefinition extends Definition {
  unit: 'count' | 'share' | 'seconds' | 'percent' | 'ratio';
}

export interface Explanation {
  definitions: Record<string, MetricDefinition>;
  queries: { name: string; text: string; parameters: Record<string, unknown> }[];
  /** Of the sites and days (of the reporting time zone), whatever the filters. */
  dropped: { reason: string; count: number }[];
  /** Of the events that are still kept. */
  bots: { reason: string; events: number }[];
  /** Events that were kept, programs included. */
  events: number;
  /** Page views under Global Privacy Control or Do Not Track: counted by page and day, in none of the figures. */
  quietViews: number;
}

export interface ImportedDays extends Days {
  site: string;
  /** Its name in words. */
  program: string;
}

export interface Answer {
  period: Days;
  compared?: Days | undefined;
  timeZone: string;
  sites: string[];
  /** Figures of fewer are suppressed; 0: nothing is. */
  suppressedBelow: number;
  totals: Record<string, ComparedFigure>;
  rows: AnswerRow[];
  /** There are more rows than were asked for. */
  more: boolean;
  /** Before that day only the roll-ups are left: filters and pairs find nothing. */
  eventsKeptSince: string;
  /**
   * From the first to the last day of which the question cannot be answered: it needs single events (for filters on pages, for pairs, for other
   * time zones), and theirs have expired. Totals are without them; a row of nothing but such days has null for every figure.
   */
  missing?: Days | undefined;
  /** The same of the compared period. */
  comparedMissing?: Days | undefined;
  /** Days that another program counted and of which its sums are in the figures, by site. */
  imported?: ImportedDays[] | undefined;
  explanation?: Explanation | undefined;
}

export interface Journey extends Ground {
  page: string;
  limit?: number | undefined;
  explain?: boolean | undefined;
}

export interface JourneyAnswer extends Beside {
  page: string;
  /** Visits by the page before; an empty page: the visit began there. */
  before: (Figure & { page: string })[];
  /** Visits by the page after; an empty page: the visit ended there. */
  after: (Figure & { page: string })[];
}

export interface Funnel extends Ground {
  /** Two to eight, in this order, within a visit. */
  steps: Step[];
  explain?: boolean | undefined;
}

export interface FunnelAnswer extends Beside {
  /** Visits that came to each step, counted from 1. */
  steps: (Figure & { step: number })[];
}

export interface Realtime {
  suppressedBelow: number;
  /** Of the last five minutes. */
  activeVisits: (Figure & { site: string })[];
  /** Page views of 30 minutes; `minute` is an instant. */
  minutes: (Figure & { minute: string })[];
  pages: (Figure & { site: string; page: string })[];
}

export interface Definitions {
  metrics: Record<string, MetricDefinition>;
  dimensions: Record<string, Definition>;
}

export type SavedContent =
  | { kind: 'segment'; filters: Filter[] }
  | { kind: 'goal'; step: Step }
  | { kind: 'funnel'; steps: Step[] }
  /** Its text is the name of what is saved. */
  | { kind: 'annotation'; day: string; site?: string | undefined };

export interface SavedInput {
  name: string;
  content: SavedContent;
}

export interface Saved extends SavedInput {
  id: string;
  created: string;
}

export interface Goal {
  id: string;
  name: string;
  /** Visits in which it happened. */
  visits: Figure;
  visitors: Figure;
}

export interface GoalsAnswer extends Beside {
  goals: Goal[];
}

export interface AlertInput {
  /** Null, or left out: the whole group. */
  site?: string | null | undefined;
  metric?: 'pageViews' | 'visits' | 'visitors' | undefined;
  direction: 'spike' | 'drop';
  /** Of the usual: more than 100 for a spike, less for a drop. */
  percent: number;
  /** A spike has at least so many; of a drop, so many are usual at least. */
  minimum: number;
}

export interface Alert {
  id: string;
  site: string | null;
  metric: 'pageViews' | 'visits' | 'visitors';
  direction: 'spike' | 'drop';
  percent: number;
  minimum: number;
  created: string;
  /** Reporting day on which what goes on now began; null: nothing does. */
  since: string | null;
}

/** What there is to ask about. */
export interface VisitsHouse {
  vendor: string;
  /** The reporting time zone, IANA name. */
  timeZone: string;
  /** Figures of fewer are suppressed; 0: nothing is. */
  suppressedBelow: number;
  /** For so many days single events are kept: filters and pairs reach that far. */
  eventsKeptDays: number;
  sites: {
    id: string;
    name: string;
    /** Declared events and their properties. */
    events: { name: string; properties: string[] }[];
  }[];
}

/** By mail, on Monday. */
export interface WeeklyReport {
  /** Addresses of staff; none: no report is sent. */
  to: string[];
  language: 'en' | 'de';
}

/** Several questions about the same visits. */
export interface Screen extends Ground {
  /** At most 40, each under a name of its own. */
  panels: Record<string, Panel>;
}

/** Programs of which sums can be brought in. */
export type SumProgram = 'plausible' | 'ga4';

/** One file of an export that another program gave away. */
export interface SumImport {
  id: string;
  site: string;
  program: SumProgram;
  fileName: string;
  /** How many sums of it are kept. */
  sums: number;
  firstDay: string | null;
  lastDay: string | null;
  /** Reporting day; null: it was interrupted. */
  finished: string | null;
}

export interface SumImportInput {
  /** Of a file that was sent up (`POST /uploads`). */
  file: string;
  program: SumProgram;
  site: string;
  /** Reports what would be kept and stores nothing. */
  dryRun: boolean;
}

export interface EventsExportInput {
  /** Null: all. */
  site: string | null;
  /** Reporting days, both included. */
  from: string;
  to: string;
  /** `json`: one object a line. */
  format: 'csv' | 'json';
}

/** Beside these, `POST /visits/query.csv` answers a `Question` as CSV, and `GET /visits/events` streams single events. */
export interface VisitRoutes {
  'POST /visits/query': { body: Question; answer: Answer };
  /** All panels of a screen in one go, which costs less than one by one; each is answered as `/visits/query` would. */
  'POST /visits/screen': { body: Screen; answer: { panels: Record<string, Answer> } };
  'POST /visits/journey': { body: Journey; answer: JourneyAnswer };
  'POST /visits/funnel': { body: Funnel; answer: FunnelAnswer };
  'POST /visits/goals': { body: Ground & { explain?: boolean | undefined }; answer: GoalsAnswer };
  'GET /visits/realtime': { query: { site?: string | undefined }; body: null; answer: Realtime };
  'GET /visits/house': { body: null; answer: VisitsHouse };
  'GET /visits/weekly-report': { body: null; answer: WeeklyReport };
  'GET /visits/definitions': { body: null; answer: Definitions };
  'GET /visits/saved': { query: { kind?: SavedContent['kind'] | undefined }; body: null; answer: { saved: Saved[] } };
  'POST /visits/saved': { body: SavedInput; answer: Saved };
  'DELETE /visits/saved/:id': { body: null; answer: { deleted: true } };
  'GET /visits/alerts': { body: null; answer: { alerts: Alert[] } };
  'POST /visits/alerts': { body: AlertInput; answer: Alert };
  'DELETE /visits/alerts/:id': { body: null; answer: { deleted: true } };
  'GET /visits/imports': { body: null; answer: { imports: SumImport[] } };
  /** Runs as a job. */
  'POST /visits/imports': { body: SumImportInput; answer: { jobId: string } };
  /** Takes an import out again, with its figures. */
  'DELETE /visits/imports/:id': { body: null; answer: { deleted: true } };
  /** Single events in a file, as a job. */
  'POST /visits/exports': { body: EventsExportInput; answer: { jobId: string } };
}

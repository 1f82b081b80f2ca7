/**
 * By what figures can be split and filtered: a closed list. What a question names is looked up here; nothing of it ever becomes
 * part of a query's text.
 */
import type { EventKind } from '@avow/protocol/visits';

export interface Dimension {
  /** Column of `visit_events`, or an expression over its columns. */
  column: string;
  /** `visit`: the same for every event of a visit. `page`: of the page. `event`: of single events. */
  level: 'visit' | 'page' | 'event';
  /** Only events of this kind have it. */
  kind?: EventKind;
  definition: { en: string; de: string };
}

const ofVisit = (column: string, en: string, de: string): Dimension => ({
  column,
  level: 'visit',
  definition: { en, de },
});
const ofEvent = (column: string, kind: EventKind, en: string, de: string): Dimension => ({
  column,
  level: 'event',
  kind,
  definition: { en, de },
});

/** Only with its name does a version say something. */
function withVersion(name: 'browser' | 'os'): string {
  return `if(${name}_version = '', ${name}, concat(${name}, ' ', ${name}_version))`;
}

export const DIMENSIONS = {
  site: ofVisit('site', 'The website.', 'Die Website.'),
  source: ofVisit('source', 'Where the visit came from, by name.', 'Woher der Besuch kam, mit Namen.'),
  referrer: ofVisit('referrer', 'The referring page, without query.', 'Die verweisende Seite, ohne Abfrageteil.'),
  channel: ofVisit('channel', 'The kind of source.', 'Die Art der Quelle.'),
  utmSource: ofVisit('utm_source', 'utm_source of the first page.', 'utm_source der ersten Seite.'),
  utmMedium: ofVisit('utm_medium', 'utm_medium of the first page.', 'utm_medium der ersten Seite.'),
  utmCampaign: ofVisit('utm_campaign', 'utm_campaign of the first page.', 'utm_campaign der ersten Seite.'),
  utmContent: ofVisit('utm_content', 'utm_content of the first page.', 'utm_content der ersten Seite.'),
  utmTerm: ofVisit('utm_term', 'utm_term of the first page.', 'utm_term der ersten Seite.'),
  entryPage: ofVisit('entry_path', "The visit's first page.", 'Die erste Seite des Besuchs.'),
  exitPage: ofVisit('exit_path', "The visit's last page.", 'Die letzte Seite des Besuchs.'),
  country: ofVisit('country', 'Country, ISO 3166-1.', 'Land, ISO 3166-1.'),
  language: ofVisit('language', "The browser's first language.", 'Die erste Sprache des Browsers.'),
  device: ofVisit('device', 'Desktop, mobile or tablet.', 'Desktop, Mobilgerät oder Tablet.'),
  browser: ofVisit('browser', 'The browser.', 'Der Browser.'),
  browserVersion: ofVisit(withVersion('browser'), 'Browser and major version.', 'Browser und Hauptversion.'),
  os: ofVisit('os', 'The operating system.', 'Das Betriebssystem.'),
  osVersion: ofVisit(withVersion('os'), 'Operating system and version.', 'Betriebssystem und Version.'),
  bot: ofVisit('bot', 'Why it is taken for a program.', 'Weshalb es für ein Programm gehalten wird.'),
  page: {
    column: 'path',
    level: 'page',
    definition: { en: 'The page, without query.', de: 'Die Seite, ohne Abfrageteil.' },
  },
  event: ofEvent('name', 'event', 'Name of a declared event.', 'Name eines erklärten Ereignisses.'),
  outbound: ofEvent('target', 'outbound', 'Target of an outbound link.', 'Ziel eines Links nach außen.'),
  download: ofEvent('target', 'download', 'File that was downloaded.', 'Datei, die geladen wurde.'),
  notFound: ofEvent('path', 'not-found', 'Address that does not exist.', 'Adresse, die es nicht gibt.'),
  form: ofEvent('name', 'form', 'Form that was sent.', 'Formular, das abgesandt wurde.'),
} as const satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof DIMENSIONS;

/** `property:plan`: a declared property of an event. Its name travels as a query parameter. */
export type PropertyName = `property:${string}`;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as [DimensionName, ...DimensionName[]];

export function isProperty(name: string): name is PropertyName {
  return name.startsWith('property:');
}

export function dimensionOf(name: DimensionName | PropertyName): Dimension {
  if (!isProperty(name)) return DIMENSIONS[name];
  return ofEvent('props', 'event', 'A declared property.', 'Eine erklärte Eigenschaft.');
}

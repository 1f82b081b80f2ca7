/** What `avow-suite` says. English and German say the same thing; the locale decides. */
import type { Facet } from '@avow/protocol/improvement/report';
import type { Language } from '@avow/protocol/refusals';
import type { KillSwitch } from '../consent/kill-switches.ts';
import type { KeptKind } from '../kept-files.ts';
import type { ReceiptVerdict } from '../registration/kept-registration.ts';
import type { Held } from '../reporting/wake.ts';
import { german } from './texts-de.ts';
import { english } from './texts-en.ts';

export interface Texts {
  help: string;
  programme(suite: string): string;
  choices: { undecided: string; widened: string; off(day: string): string; on(day: string, from: string): string };
  killSwitches: Record<KillSwitch, string>;
  facets: Record<Facet, string>;
  listHead(version: number): string;
  neverSent: string;
  askToTakePart: string;
  agreementNeeded: string;
  turnedOn(from: string): string;
  turnedOff: string;
  otherList: string;
  unsignedList: string;
  notWritable(why: string): string;
  nothingToShow: string;
  waits(week: string, when: string): string;
  running(week: string): string;
  logEmpty: string;
  logIntact(lines: number): string;
  logBroken(line: number): string;
  logDeleted: string;
  events: { leaving: string; accepted: string; failed(reason: string): string; stopped: string };
  held: Record<Held, string>;
  sent(count: number, waiting: number): string;
  kept: Record<KeptKind, string>;
  keepsNothing: string;
  keepsHead: string;
  askToForget: string;
  forgotten: string;
  counted: string;
  questions: {
    givenName: string;
    familyName: string;
    email: string;
    country: string;
    serial: string;
    mailing: string;
  };
  mailingWords(suite: string): string;
  registrationHead: string;
  registered: string;
  registrationAccepted: string;
  registration(day: string, arrived: boolean, subscribed: boolean): string;
  notRegistered: string;
  receipts: Record<ReceiptVerdict, string>;
  noReceipt: string;
  unknownCommand(name: string): string;
  missing(option: string): string;
}

export const TEXTS: Record<Language, Texts> = { en: english, de: german };

/** `asked` is what `--language` says. */
export function languageOf(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const locale = asked ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale);
  return /^de\b|^de[_-]/i.test(locale) ? 'de' : 'en';
}

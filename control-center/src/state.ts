/** What the page and the terminal show, read from the suite at one moment. */
import { COUNTRIES } from '@avow/protocol/address-formats';
import type { PerLanguage, SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { Facet, ReportContent } from '@avow/protocol/improvement/report';
import type { KeptFile } from '@avow/sdk/kept-files';
import type { LogReading } from '@avow/sdk/log/sent-log';
import type { ReceiptVerdict } from '@avow/sdk/registration/kept-registration';
import type { Suite } from '@avow/sdk/suite';

export interface Reason {
  title: PerLanguage;
  why: PerLanguage;
}

export interface ShownReport {
  week: string;
  content: ReportContent;
  /** Exactly what is sealed. */
  body: string;
  /** ISO instant; null while its week is not over. */
  notBefore: string | null;
  attempts: number;
}

export interface ShownRegistration {
  state: 'sending' | 'sent';
  day: string;
  subscribed: boolean;
  /** Null: no receipt is kept here. */
  receipt: { verdict: ReceiptVerdict; day: string; product: string; edition: string } | null;
}

export interface State {
  suite: { id: string; name: string; version: string; edge: string; statementVersion: number };
  participation: {
    choice: 'undecided' | 'widened' | 'on' | 'off';
    takesPart: boolean;
    killSwitch: 'administrator' | 'do-not-track' | 'ci' | 'no-person' | null;
    /** Day of the decision, and the first day that is counted. */
    decided: { day: string; countsFrom: string } | null;
    /** Version of the list that is shown; null: no signed list is known, so nobody may be asked. */
    fieldList: number | null;
    messages: number;
  };
  /** Why each facet is asked for: no facet without a reason. */
  reasons: Record<Facet, Reason[]>;
  installedAt: string;
  applications: Record<string, string>;
  next: ShownReport[];
  sent: LogReading;
  registration: ShownRegistration | null;
  kept: KeptFile[];
  folder: string;
  /** ISO 3166-1 alpha-2, for the form. */
  countries: readonly string[];
}

function reasonsOf(configuration: SignedConfiguration | null): Record<Facet, Reason[]> {
  const of = (facet: Facet): Reason[] =>
    (configuration?.charts ?? []).filter((chart) => chart.facet === facet).map(({ title, why }) => ({ title, why }));
  return { base: of('base'), age: of('age'), apps: of('apps'), starts: of('starts') };
}

async function registrationOf(suite: Suite): Promise<ShownRegistration | null> {
  const kept = suite.registration();
  if (kept === null) return null;
  const { state, day, subscribed, receipt } = kept;
  const verdict = await suite.checkReceipt();
  const claims = receipt?.claims;
  return {
    state,
    day,
    subscribed,
    receipt: verdict && claims ? { verdict, day: claims.day, product: claims.product, edition: claims.edition } : null,
  };
}

/** Never throws for what is on the disk: what cannot be read is shown as not there. */
export async function readState(suite: Suite): Promise<State> {
  const { manifest } = suite;
  const [participation, next, registration] = await Promise.all([
    suite.participation(),
    suite.nextReports(),
    registrationOf(suite),
  ]);
  const { choice, takesPart, killSwitch, decision, configuration, folder } = participation;
  return {
    suite: {
      id: manifest.suite,
      name: manifest.name,
      version: manifest.version,
      edge: manifest.edge,
      statementVersion: manifest.statementVersion,
    },
    participation: {
      choice,
      takesPart,
      killSwitch,
      decided: decision && { day: decision.day, countsFrom: decision.countsFrom },
      fieldList: configuration?.fieldList ?? null,
      messages: configuration?.schedule.messages ?? 0,
    },
    reasons: reasonsOf(configuration),
    installedAt: manifest.installedAt,
    applications: Object.fromEntries(manifest.applications.map(({ id, name }) => [id, name])),
    next: next.map(({ notBefore, ...report }) => ({ ...report, notBefore: notBefore?.toISOString() ?? null })),
    sent: suite.sentLog(),
    registration,
    kept: suite.keptFiles(),
    folder,
    countries: COUNTRIES,
  };
}

/** How the house is doing, and what is set, as both ends see it. Every path stands under `/api`. */
export const ALARM_CODES = [
  'link-down',
  'spool-old',
  'database-away',
  'clickhouse-away',
  'disk-low',
  'mails-failed',
  'mails-unknown',
  'mails-stuck',
  'requests-set-aside',
  'task-failed',
  'no-gateway-key',
  'key-log-broken',
  'key-old',
  'retired-keys-left',
  'backup-never',
  'backup-old',
] as const;
export type AlarmCode = (typeof ALARM_CODES)[number];

export interface Alarm {
  code: AlarmCode;
  /** `urgent`: something is not working now. `soon`: it will not, or a promise is at risk. */
  level: 'urgent' | 'soon';
  /** What the sentence names: an edge, a number, a task. */
  about: Record<string, string | number>;
}

export interface EdgeLink {
  edge: string;
  connected: boolean;
  /** Null: never since the vault started. */
  lastAnswerSeconds: number | null;
  /** Items left in the edge's spool when it last answered. */
  spoolDepth: number | null;
  /** Days since the oldest of those came, by the calendar; null: none waited. */
  spoolOldestDays: number | null;
  /** Items here, and answers not yet confirmed. */
  inHand: number;
  /** Since the last batch of visits was taken over; null: none since the vault started. */
  lastDrainSeconds: number | null;
}

export interface Engine {
  name: 'vault' | 'keyring' | 'clickhouse';
  state: 'reachable' | 'away' | 'not configured';
  version: string | null;
  /** On disk. */
  bytes: number | null;
}

export interface TaskState {
  name: string;
  /** Five-field cron expression, UTC. */
  cron: string;
  /** ISO date of the last run; null: none is on record. */
  lastDay: string | null;
  /** Runs on that day, and how many of them failed. */
  ran: number;
  failed: number;
  lastFailed: boolean;
  /** Rows that were forgotten on that day; null where the task forgets nothing or cannot tell. */
  gone: number | null;
}

export interface OperationsState {
  version: string;
  /** Since the vault started. */
  upSeconds: number;
  alarms: Alarm[];
  links: EdgeLink[];
  engines: Engine[];
  /** Of the disk with the vault's keys; null where the system does not tell. */
  disk: { freeBytes: number; totalBytes: number } | null;
  mail: { waiting: number; failed: number; unknown: number; handedOver: number; caught: boolean };
  /** Accepted requests that could not be carried out yet. */
  setAside: { count: number; oldestDay: string | null };
  tasks: TaskState[];
  /** Null without a ClickHouse. */
  rollUps: { newestDay: string | null; stale: number } | null;
  keys: {
    keySetVersion: number | null;
    logVerified: boolean;
    active: { keyId: number; since: string; ageDays: number } | null;
    retired: { keyId: number; destroyedOn: string }[];
    rootPublicKey: string | null;
    masterKey: { day: string } | null;
    dataKeys: number;
  };
  /** ISO date of the last backup that `avow backup` made; null: never. */
  backup: { lastDay: string | null };
}

/** A mail that did not arrive, or perhaps did. Neither address nor contents. */
export interface TroubledMail {
  id: string;
  purpose: string;
  state: 'failed' | 'unknown';
  day: string;
  /** The mail server's last reply code. */
  replyCode: number | null;
  attempts: number;
}

export interface KeptLine {
  purpose: string;
  table: string;
  database: 'vault' | 'keyring' | 'clickhouse';
  why: string;
  promises: string[];
  keptFor: { en: string; de: string };
  readers: string[];
}

/** The configuration in force; it is changed in `avow.config.ts` and read at the start. */
export interface Settings {
  file: string | null;
  vendor: { name: string; contactEmail: string; postalAddress: string[]; vaultName: string };
  timeZone: string;
  statement: { version: number; effective: string };
  mail: { from: string };
  sites: { id: string; name: string; hosts: string[]; events: string[]; geography: string }[];
  suites: {
    id: string;
    name: string;
    version: string;
    productCode: number;
    editions: { id: string; name: string; code: number }[];
    applications: { id: string; name: string }[];
    legacySerialPattern: string | null;
  }[];
  /** `site`: of a site that says something else than the house. */
  retention: { name: string; site: string | null; days: number }[];
  edges: string[];
  publicUrl: string;
  keeps: KeptLine[];
}

/** What a restart with the file as it is now would do. */
export interface SettingsCheck {
  usable: boolean;
  /** One a line, where it is not usable. */
  problems: string[];
  /** By path of the configuration (`sites.0.name`); null: not there. */
  changes: { path: string; inForce: string | null; inFile: string | null }[];
}

export interface OperationsRoutes {
  'GET /operations': { body: null; answer: OperationsState };
  'GET /operations/mails': { body: null; answer: { mails: TroubledMail[] } };
  /** Deliberately: of an unknown one, the person may get it a second time. */
  'POST /operations/mails/:id/send-again': { body: Record<string, never>; answer: { queued: true } };
  'POST /operations/set-aside/retry': { body: Record<string, never>; answer: { left: number } };
  'POST /operations/tasks/run': { body: { name: string }; answer: { started: true } };
  'GET /settings': { body: null; answer: Settings };
  'POST /settings/check': { body: Record<string, never>; answer: SettingsCheck };
}

/**
 * The vault, put together. Its features in one list: routes, timetable, retention, the record of processing, "show me
 * everything" and "forget me" all derive from it. To add a purpose of processing, add a line to `createFeatures`.
 */
import type { AvowConfig } from '@avow/config/config';
import { createGateway } from '@avow/protocol/opening/gateway';
import type { Logger } from 'pino';
import { createImprovement, type Improvement } from './improvement/feature.ts';
import { createActOnce } from './intake/carried-out-requests.ts';
import { dialEdge, type EdgeLinkState } from './intake/dial-edge.ts';
import { createIntake, retrySetAside } from './intake/feature.ts';
import { routeOf } from './intake/inner-request.ts';
import { createLinkCall } from './intake/link-call.ts';
import { createReceiver } from './intake/receive.ts';
import { createReportReceiver } from './intake/receive-reports.ts';
import { countSetAside } from './intake/set-aside-requests.ts';
import { createOperations, type OperationsDesk } from './operations/feature.ts';
import { createPeopleFeature } from './people/feature.ts';
import { openPeople } from './people/people.ts';
import { openClickHouse } from './platform/clickhouse.ts';
import { type KeyringDatabase, openKeyringDatabase, openVaultDatabase } from './platform/database.ts';
import { isoDay } from './platform/day.ts';
import type { VaultEnvironment } from './platform/environment.ts';
import type { Feature, SealedHandler } from './platform/feature.ts';
import { loadConsoleFiles } from './platform/http/console-files.ts';
import { createVaultHttp } from './platform/http/vault-http.ts';
import { createJobs } from './platform/jobs/feature.ts';
import { openJobFiles } from './platform/jobs/files.ts';
import type { JobKind } from './platform/jobs/job-kind.ts';
import { startJobWorker } from './platform/jobs/work-jobs.ts';
import { openGatewayKeys } from './platform/keys/gateway-keys.ts';
import { keySetsAfter } from './platform/keys/key-log.ts';
import { openKeyring } from './platform/keys/keyring.ts';
import { loadMasterKey } from './platform/keys/master-key.ts';
import { loadOrCreateLinkKey } from './platform/keys/signing-keys.ts';
import { openOutbox } from './platform/mail/outbox.ts';
import { startMailSender } from './platform/mail/sender.ts';
import { openSmtp } from './platform/mail/smtp.ts';
import { migrateKeyringDatabase, migrateVaultDatabase } from './platform/migrate.ts';
import { openPeriodKeys, type PeriodKeys } from './platform/period-keys.ts';
import { createPlatform } from './platform/platform-feature.ts';
import { repeat } from './platform/repeat.ts';
import { startSchedule } from './platform/schedule.ts';
import type { Services } from './platform/services.ts';
import { recordTaskRun } from './platform/task-runs.ts';
import { watchKeySets } from './platform/watch-key-sets.ts';
import { createProducts } from './products/feature.ts';
import { createRegistration } from './registration/feature.ts';
import { createSelfService } from './self-service/feature.ts';
import { createStaff, type Staff } from './staff/feature.ts';
import { createSupport } from './support/feature.ts';
import { createVisits, type Visits } from './visits/feature.ts';

/** Of each edge. */
const ITEMS_AT_ONCE = 16;
/** How soon the edges learn of new tables and configurations. */
const PUBLISH_EVERY_MS = 5_000;
/** For mails, the timetable's tasks, health, and what may not wait for the items' connections. */
const OTHER_CONNECTIONS = 8;

/** What features do not get, but the house's own does. */
interface House {
  keyringDb: KeyringDatabase;
  periodKeys: PeriodKeys;
  /** Null without a ClickHouse: batches of visits then stay at the edges. */
  visits: Visits | null;
  /** Null without a ClickHouse: reports then stay at the edges. */
  improvement: Improvement | null;
  staff: Staff;
  operations: OperationsDesk;
  features: () => readonly Feature[];
}

/** The list, in the order in which a person is forgotten: the ground last. Intake is not in it, it needs the routes of all. */
export function createFeatures(services: Services, house: House): Feature[] {
  const products = createProducts(services);
  const selfService = createSelfService(services, house);
  return [
    createRegistration(services, { serialDesk: products.desk }),
    products,
    selfService,
    createSupport(services, {
      features: house.features,
      nameOf: house.staff.authentication.nameOf,
      ownerOf: products.ownerOf,
      requests: selfService.requests,
      emails: selfService.emails,
    }),
    ...(house.visits ? [house.visits] : []),
    ...(house.improvement ? [house.improvement] : []),
    house.staff,
    createJobs(services, { kinds: () => jobsOf(house.features()), nameOf: house.staff.authentication.nameOf }),
    createOperations(services, house.operations),
    createPlatform({ ...services, ...house }),
    createPeopleFeature(services, house.staff.nameForPersons),
  ];
}

function jobsOf(features: readonly Feature[]): JobKind[] {
  return features.flatMap(({ jobs }) => jobs ?? []);
}

/** Throws when two features accept the same route. */
export function handlersOf(features: readonly Feature[]): Map<string, SealedHandler> {
  const handlers = new Map<string, SealedHandler>();
  for (const handler of features.flatMap(({ accepts }) => accepts)) {
    if (handlers.has(handler.route)) throw new Error(`two features accept ${handler.route}`);
    handlers.set(handler.route, handler);
  }
  return handlers;
}

/** Databases migrated, keys opened, features made; nothing runs yet. */
export async function openVault(options: {
  config: AvowConfig;
  environment: VaultEnvironment;
  log: Logger;
  clock?: () => Date;
}) {
  const { config, environment, log, clock = () => new Date() } = options;
  const db = openVaultDatabase(
    environment.vaultDatabaseUrl,
    ITEMS_AT_ONCE * environment.edges.length + OTHER_CONNECTIONS,
  );
  const keyringDb = openKeyringDatabase(environment.keyringDatabaseUrl);
  await Promise.all([migrateVaultDatabase(db), migrateKeyringDatabase(keyringDb)]);
  const keyring = await openKeyring({ db: keyringDb, masterKey: await loadMasterKey(environment.keysDir), clock });
  const gatewayKeys = await openGatewayKeys({ db, keyring });
  const periodKeys = openPeriodKeys(db, keyring);
  const services: Services = {
    config,
    db,
    keyring,
    people: openPeople({ keyring }),
    mail: openOutbox({ config, keyring, periodKeys, clock }),
    clock,
    publicUrl: environment.publicUrl,
    log,
  };

  const clickhouse = environment.clickhouseUrl
    ? openClickHouse(environment.clickhouseUrl, environment.clickhouseCluster)
    : null;
  const visits = clickhouse && createVisits(services, { clickhouse });
  const improvement = clickhouse && createImprovement(services, { clickhouse });
  const staff = createStaff({ ...services, keyringDb }, environment.openIdSecret ?? null);
  const features: Feature[] = [];
  // Known only once the vault runs.
  const running: Running = { links: () => [], runTask: async () => false };
  const operations: OperationsDesk = {
    keyringDb,
    clickhouse,
    keysDir: environment.keysDir,
    caughtMail: environment.caughtMail !== null,
    configFile: environment.configFile ?? null,
    edges: environment.edges,
    linkDownSeconds: environment.linkDownSeconds,
    links: () => running.links(),
    runTask: (name) => running.runTask(name),
    tasks: () => features.flatMap(({ schedule }) => schedule),
    rollUps: visits && (() => visits.rollUpState()),
    retrySetAside: async () => {
      await retrySetAside(intake);
      return countSetAside(db);
    },
    features: () => features,
  };
  features.push(
    ...createFeatures(services, {
      keyringDb,
      periodKeys,
      visits,
      improvement,
      staff,
      operations,
      features: () => features,
    }),
  );
  const handlers = handlersOf(features);
  const gateway = createGateway({
    keys: gatewayKeys.find,
    authority: config.vendor.vaultName,
    allows: (method, path) => handlers.has(routeOf(method, path) ?? ''),
  });
  const actOnce = createActOnce(keyring, periodKeys);
  const receive = createReceiver({ db, keyring, gateway, handlers, actOnce, clock, log });
  const intake = { db, clock, actOnce, receive };
  features.unshift(createIntake(intake));

  const receiveReports =
    improvement &&
    createReportReceiver({
      keys: gatewayKeys.find,
      authority: config.vendor.vaultName,
      accept: improvement.accept,
    });

  return {
    config,
    environment,
    services,
    db,
    keyringDb,
    clickhouse,
    gatewayKeys,
    features,
    visits,
    improvement,
    staff,
    running,
    receive,
    receiveReports,
  };
}

/** What only a running vault knows. */
interface Running {
  links(): EdgeLinkState[];
  runTask(name: string): Promise<boolean>;
}

export type Vault = Awaited<ReturnType<typeof openVault>>;

/** Dials the edges, sends mails, keeps the timetable. */
export async function startVault({
  config,
  environment,
  services,
  db,
  keyringDb,
  clickhouse,
  gatewayKeys,
  features,
  visits,
  improvement,
  staff,
  running,
  receive,
  receiveReports,
}: Vault) {
  const { log, keyring } = services;
  const linkKey = await loadOrCreateLinkKey(environment.keysDir);
  // Not waited for: whoever wants something else need not wait either.
  void visits?.start();
  void improvement?.start();
  const smtp = openSmtp(environment.smtpUrl, config);
  const databaseUrl = environment.vaultDatabaseUrl;
  const schedule = await startSchedule({
    databaseUrl,
    tasks: features.flatMap((feature) => feature.schedule),
    log,
    onRun: (run) => recordTaskRun(db, { ...run, day: isoDay(services.clock()) }),
  });
  const jobs = startJobWorker({ db, databaseUrl, kinds: jobsOf(features), files: openJobFiles(services), log });
  const sender = startMailSender({ db, keyring, smtp, config, log, databaseUrl });
  const keySets = {
    current: gatewayKeys.keySet,
    after: (version: number) => keySetsAfter(db, version),
  };
  const links = environment.edges.map((edge) =>
    dialEdge({
      edge,
      call: createLinkCall(edge, linkKey.privateKey),
      keySets,
      receive,
      log,
      concurrency: ITEMS_AT_ONCE,
      receiveVisits: visits?.receive,
      receiveReports: receiveReports ?? undefined,
    }),
  );
  running.links = () => links.map((link) => link.state());
  running.runTask = async (name) => {
    await schedule.runNow(name);
    return true;
  };
  const keyWatch = watchKeySets(gatewayKeys, () => Promise.all(links.map((link) => link.publish())), log);
  const publishing = repeat(
    PUBLISH_EVERY_MS,
    async () => {
      const documents = (await improvement?.documents()) ?? [];
      await Promise.all(links.map((link) => link.publishDocuments(documents)));
    },
    'the public documents could not be read',
    log,
  );

  const http = createVaultHttp({
    host: config.vault.host,
    caughtMail: environment.caughtMail,
    console: environment.consoleDist === null ? null : await loadConsoleFiles(environment.consoleDist),
    db,
    keyringDb,
    clickhouse,
    links: () => links.map((link) => link.state()),
    setAside: () => countSetAside(db),
    staffRoutes: features.flatMap(({ staffRoutes }) => staffRoutes),
    sharedReading: visits?.sharedReading ?? null,
    authentication: staff.authentication,
    consoleUrl: config.vault.consoleUrl ?? null,
    clock: services.clock,
    log,
  });

  return {
    http,
    /** Finishes what is in hand. */
    async stop() {
      keyWatch.stop();
      publishing.stop();
      await Promise.all(links.map((link) => link.stop()));
      await Promise.all([schedule.stop(), sender.stop(), jobs.stop()]);
      await Promise.all([db.destroy(), keyringDb.destroy(), clickhouse?.close()]);
    },
  };
}

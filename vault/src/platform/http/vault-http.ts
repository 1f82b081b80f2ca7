/** The vault's own HTTP port: private, for operators and staff. */
import { errorBody } from '@avow/protocol/refusals';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import { caughtMailRoutes } from '../caught-mail/routes.ts';
import { isTransient, withoutContents } from '../database-errors.ts';
import type { StaffRoute } from '../feature.ts';
import type { Authentication } from './authentication.ts';
import { type ConsoleFiles, consoleRoutes } from './console-files.ts';
import { type HealthSources, readHealth } from './health.ts';
import { checkHost } from './host-check.ts';
import { preferredLanguage } from './language.ts';
import { createStaffApi } from './staff-api.ts';

const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export interface VaultHttpOptions extends HealthSources {
  /** `vault.host` of the configuration. */
  host: string;
  /** Folder of caught mails; null where a real mail server is configured. */
  caughtMail: string | null;
  /** Null where it was not built: the API is there without it. */
  console: ConsoleFiles | null;
  staffRoutes: readonly StaffRoute[];
  /** For readers of shared links, who are no staff; null without a store of visits. */
  sharedReading: Hono | null;
  authentication?: Authentication;
  /** `vault.consoleUrl` of the configuration. */
  consoleUrl?: string | null;
  clock: () => Date;
  log: Logger;
}

export function createVaultHttp(options: VaultHttpOptions): Hono {
  const app = new Hono();
  app.use(checkHost(options.host, options.consoleUrl ?? null));
  app.use(
    secureHeaders({
      referrerPolicy: 'no-referrer',
      xFrameOptions: false,
      strictTransportSecurity: false,
      originAgentCluster: false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    // The console's assets say themselves for how long they hold.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    // Pages have policies of their own; an answer of the API that is opened as a page may do nothing and stand in no frame.
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', NO_PAGE);
  });

  app.get('/health', async (c) => {
    const health = await readHealth(options);
    return c.json(
      health,
      health.databases.vault === 'reachable' && health.databases.keyring === 'reachable' ? 200 : 503,
    );
  });
  const { db, staffRoutes: routes, clock, authentication, consoleUrl = null } = options;
  if (options.sharedReading) app.route('/api/shared', options.sharedReading);
  app.route('/api', createStaffApi({ db, routes, clock, consoleUrl, ...(authentication && { authentication }) }));
  if (options.caughtMail !== null) app.route('/', caughtMailRoutes(options.caughtMail));
  if (options.console !== null) app.route('/', consoleRoutes(options.console));

  app.notFound((c) =>
    c.json(errorBody({ refused: 'not_found' }, preferredLanguage(c.req.header('accept-language'))), 404),
  );
  app.onError((error, c) => {
    const refused = isTransient(error) ? 'stores_away' : 'internal';
    options.log.error({ route: c.req.routePath, error: withoutContents(error) }, 'a page could not be served');
    const body = errorBody({ refused }, preferredLanguage(c.req.header('accept-language')));
    return c.json(body, refused === 'internal' ? 500 : 503);
  });
  return app;
}

/** All routes of the public program on one page. */
import type { AvowConfig } from '@avow/config/config';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { AccessLog } from './access-log/access-log.ts';
import { createConfigurationHandler } from './improvement/configuration.ts';
import { programmeOf } from './improvement/programme.ts';
import { createLink } from './link/link.ts';
import { errorPage } from './pages/error-page.ts';
import { pagesRoutes } from './pages/routes.ts';
import { type Assets, createAssetHandler, createTrackerHandler } from './platform/assets.ts';
import { createAddressReader } from './platform/client-address.ts';
import { errorHandler, errorPages } from './platform/errors.ts';
import { knowAddress, limitRate, refuseExpectations } from './platform/gatekeepers.ts';
import type { Log } from './platform/log.ts';
import type { PublicDocuments } from './platform/public-documents.ts';
import type { PublishedKeySets } from './platform/published-keys.ts';
import type { RateLimits } from './platform/rate-limits.ts';
import { refuse } from './platform/refuse.ts';
import { securityHeaders } from './platform/security-headers.ts';
import type { EdgeEnv } from './platform/variables.ts';
import { createRelay } from './relay/relay.ts';
import type { Reports } from './relay/reports.ts';
import { createPlainFormSealer } from './relay/seal-plain-form.ts';
import type { Exchange } from './spool/exchange.ts';

export interface EdgeDeps {
  config: AvowConfig;
  /** Without a slash at the end. */
  publicUrl: string;
  version: string;
  assets: Assets;
  exchange: Exchange;
  keys: PublishedKeySets;
  documents: PublicDocuments;
  reports: Reports;
  /** The vault's Ed25519 public key, 32 raw bytes. */
  linkPublicKey: Uint8Array;
  accessLog: AccessLog;
  limits: RateLimits;
  log: Log;
}

/** The vault's calls are signed, and health checks come from the house. */
const WITHOUT_LIMIT = new Set(['/link', '/health']);

export function createEdgeApp(deps: EdgeDeps): Hono<EdgeEnv> {
  const { config, publicUrl, exchange, keys, log } = deps;
  const assets = deps.assets.manifest;
  const relay = createRelay({ exchange, keys });
  const sealPlainForm = createPlainFormSealer(relay, keys, config.vendor.vaultName);
  const app = new Hono<EdgeEnv>();

  app.use(securityHeaders(publicUrl.startsWith('https:')));
  app.use(knowAddress(createAddressReader(config.edge.trustedProxies)));
  app.use(deps.accessLog.middleware);
  app.use(errorPages((refusal) => errorPage({ ...refusal, config, assets })));
  app.use(refuseExpectations);
  app.use(limitRate(deps.limits, WITHOUT_LIMIT));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => refuse(c, 'method_not_allowed', { allow: methods.join(', ') }),
    }),
  );

  app.post('/relay', relay.submit);
  app.post('/relay/reports', deps.reports.submit);
  app.get('/relay/answers/:id', relay.collect);
  app.get('/ohttp-keys', relay.keyConfigs);
  app.get('/keys.json', relay.keySets);
  app.get('/improvement/config.json', createConfigurationHandler(deps.documents));
  app.post('/link', createLink(deps));
  app.get('/assets/:file', createAssetHandler(deps.assets));
  app.get('/:file{avow(-[a-z-]+)?\\.js}', createTrackerHandler(deps.assets));
  app.get('/health', async (c) =>
    c.json({
      linkConnected: exchange.vaultIsConnected(),
      spoolDepth: await exchange.depth(),
      keySetVersion: keys.version(),
      version: deps.version,
    }),
  );
  app.route('/', pagesRoutes({ config, publicUrl, assets, sealPlainForm, programme: programmeOf(deps.documents) }));

  app.notFound((c) => refuse(c, 'not_found'));
  app.onError(errorHandler(log));
  return app;
}

/** The private program. Prints one line of JSON to stdout when it is ready; logs to stderr; stops cleanly on SIGTERM. */
import { loadConfig } from '@avow/config/config';
import { required } from '@avow/config/environment';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { openVault, startVault } from './app.ts';
import { withoutContents } from './platform/database-errors.ts';
import { readVaultEnvironment } from './platform/environment.ts';
import { requirePrivate } from './platform/http/private-address.ts';

const log = pino({ base: { program: 'vault' } }, pino.destination({ fd: 2, sync: true }));

// Node's own report would print the message, which may quote what somebody typed.
process.on('uncaughtException', (error) => {
  log.fatal({ error: withoutContents(error) }, 'the vault ends by a mistake of its own');
  process.exit(1);
});

async function start(): Promise<void> {
  const config = await loadConfig(required('AVOW_CONFIG', 'the path of avow.config.ts'));
  const environment = readVaultEnvironment(config);
  const hostname = config.vault.host;
  await requirePrivate(hostname);
  const running = await startVault(await openVault({ config, environment, log }));
  const server = serve({ fetch: running.http.fetch, hostname, port: environment.port }, ({ port }) => {
    const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
    process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    server.close();
    await running.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by `avow up`, and `avow up` is gone, however it died.
  process.on('disconnect', stop);
}

try {
  await start();
} catch (error) {
  // Before anything runs there is nobody's data to quote, and the operator needs the message.
  const message = error instanceof Error && error.message;
  log.fatal({ error: withoutContents(error) }, message || 'the vault cannot start');
  process.exit(1);
}

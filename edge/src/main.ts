import { startEdge } from './edge.ts';
import { createLog, describeError } from './platform/log.ts';
import { readSettings } from './platform/settings.ts';

const log = createLog();

try {
  const edge = await startEdge(await readSettings(), log);
  process.stdout.write(`${JSON.stringify({ ready: true, url: edge.url })}\n`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    try {
      await edge.stop();
      process.exit(0);
    } catch (error) {
      log.error({ error: describeError(error) }, 'the stop was not clean');
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by `avow up`, and `avow up` is gone, however it died.
  process.on('disconnect', stop);
} catch (error) {
  // The words of a start-up error come from us and the configuration, and the operator needs them.
  const message = error instanceof Error ? error.message : String(error);
  log.fatal({ message, error: describeError(error) }, 'the edge did not start');
  process.exit(1);
}

/** The edge as it is, but with a proxy in front (the load), so that there are many visitors, and without rate limits. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { startEdge } from '@avow/edge/edge';
import { createLog } from '@avow/edge/platform/log';

const config = await loadConfig(join(import.meta.dirname, '../examples/vendor/avow.config.ts'));
config.edge.trustedProxies = ['127.0.0.1'];
const browserDist = await mkdtemp(join(tmpdir(), 'avow-bench-dist-'));
await writeFile(join(browserDist, 'manifest.json'), '{}');
const { publicKey } = generateKeyPairSync('ed25519');
const raw = Buffer.from(
  createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }).x ?? '',
  'base64url',
);

const edge = await startEdge(
  {
    config,
    databaseUrl: process.env.EDGE_DATABASE_URL ?? '',
    rootPublicKey: raw,
    linkPublicKey: raw,
    browserDist,
    port: 0,
    publicUrl: 'http://localhost:8080',
    rateLimits: null,
    diskFolder: tmpdir(),
  },
  createLog('warn'),
);
process.stdout.write(`${JSON.stringify({ ready: true, url: edge.url })}\n`);
process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed, cpu: process.cpuUsage() });
});
process.on('SIGTERM', () => void edge.stop().then(() => process.exit(0)));

/**
 * Sends page views over a number of connections, one after the other on each, and prints what came of it as one JSON line. It
 * shares the processor with what it measures, so it makes no more of each request anew than has to be different.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const [url = '', connections = '16', seconds = '8', visitors = '20000'] = process.argv.slice(2);
const port = Number(new URL(url).port);
const PAGES = Array.from({ length: 200 }, (_, n) => `/products/suite/part-${n}`);
const VISITORS = Number(visitors);
const BROWSERS = Array.from(
  { length: 40 },
  (_, n) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${110 + n}.0.0.0 Safari/537.36`,
);

const HEADS = BROWSERS.map((browser) =>
  [
    'POST /collect HTTP/1.1',
    'host: nordlicht.example',
    `user-agent: ${browser}`,
    'content-type: text/plain;charset=UTF-8',
    'accept: */*',
    'accept-language: de-DE,de;q=0.9,en;q=0.8',
    'accept-encoding: gzip, deflate, br',
    'origin: https://nordlicht.example',
    'referer: https://nordlicht.example/',
    'sec-fetch-site: same-origin',
    'sec-fetch-mode: cors',
    'sec-fetch-dest: empty',
    'x-forwarded-for: ',
  ].join('\r\n'),
);

let sequence = Math.floor(Math.random() * 2 ** 20);
/** Four random bytes, and the number of the request. */
const id = Buffer.concat([randomBytes(4), Buffer.alloc(4)]);
const latencies: number[] = [];
const statuses: Record<string, number> = {};

function request(): string {
  sequence += 1;
  id.writeUInt32BE(sequence % 2 ** 32, 4);
  const visitor = (sequence * 7919) % VISITORS;
  const address = `203.${visitor % 200}.${Math.floor(visitor / 200) % 200}.${1 + Math.floor(visitor / 40_000)}`;
  const page = `https://nordlicht.example${PAGES[sequence % PAGES.length]}?utm_source=bench&x=${sequence}`;
  const body = `{"i":"${id.toString('base64url')}","u":"${page}","r":"https://www.google.com/"}`;
  return `${HEADS[visitor % HEADS.length]}${address}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

const until = performance.now() + Number(seconds) * 1000;

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let began = 0;
    const send = () => {
      began = performance.now();
      socket.write(request(), 'latin1');
    };
    socket.on('connect', send);
    socket.on('error', reject);
    // Both servers answer without a body, in one piece.
    socket.on('data', (chunk) => {
      latencies.push(performance.now() - began);
      const status = chunk.toString('latin1', 9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (performance.now() < until) return send();
      socket.end();
      resolve();
    });
  });
}

const began = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, run));
const elapsed = (performance.now() - began) / 1000;
const sorted = Float64Array.from(latencies).sort();
const percentile = (p: number) => Number((sorted[Math.floor(sorted.length * p)] ?? Number.NaN).toFixed(1));
const result = {
  perSecond: Math.round(latencies.length / elapsed),
  p50: percentile(0.5),
  p99: percentile(0.99),
  statuses,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

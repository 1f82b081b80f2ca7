import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDomainResolver, readHostName } from './domain-resolver.ts';

/** A name server that knows what the test tells it: PTR answers of RFC 1035, written by hand. */
let server: Socket;
let port: number;
let asked: string[];
let answer: (question: string) => string | null;

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function reply(query: Buffer, end: number, target: string): Buffer {
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 6);
  head.writeUInt16BE(0, 10);
  const data = writeName(target);
  // Pointer to the question's name, type PTR, class IN, TTL 60, length.
  const record = Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, query.subarray(12, end + 4), record, data]);
}

beforeEach(async () => {
  asked = [];
  server = createSocket('udp4');
  server.on('message', (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const target = answer(name);
    if (target !== null) server.send(reply(query, end, target), from.port, from.address);
  });
  await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
  port = server.address().port;
});

afterEach(() => new Promise<void>((done) => server.close(() => done())));

const resolverWith = (options = {}) => createDomainResolver({ servers: [`127.0.0.1:${port}`], ...options });

describe('a reverse look-up', () => {
  test('finds the domain name of IPv4 and IPv6 addresses', async () => {
    answer = (question) => (question.endsWith('ip6.arpa') ? 'six.example.org' : 'Host-7.Example.NET');
    const resolver = resolverWith();
    expect(await resolver.domainOf('203.0.113.7')).toBe('host-7.example.net');
    expect(await resolver.domainOf('2001:db8::1')).toBe('six.example.org');
    expect(asked[0]).toBe('7.113.0.203.in-addr.arpa');
    resolver.stop();
  });

  test('is made once for the same address, also when many ask at the same time', async () => {
    answer = () => 'host.example.net';
    const resolver = resolverWith();
    await Promise.all(Array.from({ length: 50 }, () => resolver.domainOf('203.0.113.7')));
    await resolver.domainOf('203.0.113.7');
    expect(asked).toHaveLength(1);
    resolver.stop();
  });

  test('that gets no answer is given up, and that is remembered too', async () => {
    answer = () => null;
    const resolver = resolverWith({ timeoutMs: 100 });
    const started = performance.now();
    expect(await resolver.domainOf('203.0.113.7')).toBe(null);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await resolver.domainOf('203.0.113.7')).toBe(null);
    expect(asked).toHaveLength(1);
    resolver.stop();
  });

  test('waits its turn, and is not made at all when too many wait', async () => {
    answer = () => null;
    const resolver = resolverWith({ concurrency: 2, maxQueue: 3, timeoutMs: 200 });
    const all = Array.from({ length: 10 }, (_, n) => resolver.domainOf(`203.0.113.${n}`));
    await expect.poll(() => asked.length, { timeout: 15_000 }).toBe(2);
    await new Promise((done) => setTimeout(done, 50));
    expect(asked).toHaveLength(2);
    expect(await Promise.all(all)).toEqual(Array.from({ length: 10 }, () => null));
    expect(asked).toHaveLength(5);
    resolver.stop();
  });

  test('under way at the stop ends without a name', async () => {
    answer = () => null;
    const resolver = resolverWith({ concurrency: 1, timeoutMs: 20_000 });
    const asking = [resolver.domainOf('203.0.113.7'), resolver.domainOf('203.0.113.8')];
    await expect.poll(() => asked.length, { timeout: 15_000 }).toBe(1);
    resolver.stop();
    expect(await Promise.all(asking)).toEqual([null, null]);
    expect(await resolver.domainOf('203.0.113.9')).toBe(null);
    expect(asked).toHaveLength(1);
  });
});

test.each([
  ['dialin-4711.example.net.', 'dialin-4711.example.net'],
  ['under_score.example', 'under_score.example'],
  ['localhost', 'localhost'],
  ['<script>alert(1)</script>.example', null],
  ['a b.example', null],
  ["'; DROP TABLE access_log; --", null],
  ['max.mustermann@example.org', null],
  [`${'a'.repeat(64)}.example`, null],
  [`${'a.'.repeat(127)}toolong`, null],
  ['', null],
  [undefined, null],
])('of the name %j, %j is taken', (text, name) => {
  expect(readHostName(text)).toBe(name);
});

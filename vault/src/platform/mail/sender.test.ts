import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { parseConfig } from '@avow/config/config';
import { createTestDatabase } from '@avow/engines/testing';
import { pino } from 'pino';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { openPeriodKeys } from '../period-keys.ts';
import { type Mail, openOutbox } from './outbox.ts';
import { countMails } from './queries.ts';
import { type MailSender, startMailSender } from './sender.ts';
import { openSmtp } from './smtp.ts';

const config = parseConfig(
  {
    vendor: {
      name: 'Nordlicht',
      contactEmail: 'privacy@nordlicht.example',
      postalAddress: ['Weg 1'],
      vaultName: 'vault.nordlicht.example',
    },
    sites: [
      {
        id: 'one',
        name: 'One',
        hosts: ['localhost'],
        accent: { light: '#000', dark: '#fff' },
        tagline: { en: 'x', de: 'x' },
      },
    ],
    suites: [
      {
        id: 'suite',
        name: 'Suite',
        version: '8',
        productCode: 8,
        editions: [{ id: 'home', name: 'Home', code: 1 }],
        applications: [],
      },
    ],
    statement: { version: 8, effective: '2009-03-16', files: { en: 'a.md', de: 'b.md' } },
    mail: { from: 'Nordlicht <no-reply@nordlicht.example>' },
  },
  '/',
);

let vault: TestVault;
let mail: Mail;
let sender: MailSender | null = null;
let server: SMTPServer | Server | null = null;
const clock = () => new Date('2026-11-23T10:00:00Z');
const log = pino({ level: 'silent' });

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  mail = openOutbox({ config, keyring: vault.keyring, periodKeys: openPeriodKeys(vault.db, vault.keyring), clock });
});
afterAll(() => vault.close());
afterEach(async () => {
  await sender?.stop();
  sender = null;
  server?.close();
  server = null;
  await vault.db.deleteFrom('mails').execute();
});

function queue(to: string, dataKeyId: string | null = null): Promise<void> {
  const content = { subject: `For ${to}`, paragraphs: ['Hello.'], language: 'en' as const };
  return mail.queueMail(vault.db, { to, content, dataKeyId, purpose: 'test' });
}

function start(port: number): void {
  const { db, keyring, vaultUrl } = vault;
  const smtp = openSmtp(`smtp://127.0.0.1:${port}`, config);
  sender = startMailSender({ db, keyring, smtp, config, log, databaseUrl: vaultUrl });
}

interface Received {
  to: string[];
  ehlo: string;
  source: string;
}

/** A real mail server that keeps what it accepts. */
async function startServer(options: SMTPServerOptions = {}, at = 0): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, ehlo: String(session.hostNameAppearsAs), source: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => {});
  await once(smtp.listen(at, '127.0.0.1'), 'listening');
  server = smtp;
  const address = smtp.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, received };
}

const states = () => expect.poll(() => countMails(vault.db), { interval: 10, timeout: 15_000 });
const refuse = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('a queued mail', () => {
  test('is sent as soon as it is committed, with the vendor’s name and none of ours', async () => {
    const { port, received } = await startServer();
    start(port);
    await expect.poll(async () => (await countMails(vault.db)).queued).toBeUndefined();
    const begin = performance.now();
    await queue('ada@example.org');
    await expect.poll(() => received.length, { interval: 5 }).toBe(1);
    // The safety net looks every 30 s: this came by the notification.
    expect(performance.now() - begin).toBeLessThan(5_000);
    await states().toEqual({ 'handed over': 1 });
    expect(received[0]).toMatchObject({ to: ['ada@example.org'], ehlo: 'nordlicht.example' });
    const source = received[0]?.source ?? '';
    expect(source).toMatch(/^Message-ID: <[0-9a-f-]{36}@nordlicht\.example>\r$/m);
    expect(source).toContain('Auto-Submitted: auto-generated');
    expect(source).not.toMatch(/^(Received|X-Mailer|X-Originating-IP):/im);
    expect(source).not.toContain('127.0.0.1');
  });

  test('is not sent when its transaction is rolled back', async () => {
    const { port, received } = await startServer();
    start(port);
    const rolledBack = vault.db.transaction().execute(async (tx) => {
      const content = { subject: 'Never', paragraphs: ['Never.'], language: 'en' as const };
      await mail.queueMail(tx, { to: 'never@example.org', content, dataKeyId: null, purpose: 'test' });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await queue('real@example.org');
    await states().toEqual({ 'handed over': 1 });
    expect(received.map(({ to }) => to)).toEqual([['real@example.org']]);
  });

  test('lies encrypted, without address or words, and without a time', async () => {
    await queue('marked@example.org');
    const row = await vault.db.selectFrom('mails').selectAll().executeTakeFirstOrThrow();
    const text = JSON.stringify(row) + row.content.toString('latin1');
    expect(text).not.toContain('marked');
    expect(text).not.toContain('Hello');
    expect(row.day).toBe('2026-11-23');
    expect(JSON.stringify(row)).not.toMatch(/\d\d:\d\d:\d\d/);
  });

  test('to somebody who has been erased since is dropped', async () => {
    const key = await vault.keyring.createDataKey();
    await queue('erased@example.org', key.id);
    await vault.keyring.destroyDataKey(key.id);
    const { port, received } = await startServer();
    start(port);
    await states().toEqual({});
    expect(received).toEqual([]);
  });

  test('is sent once among hundreds, by two senders', async () => {
    const { port, received } = await startServer();
    for (let i = 0; i < 200; i++) await queue(`p${i}@example.org`);
    start(port);
    const first = sender;
    start(port);
    await states().toEqual({ 'handed over': 200 });
    await first?.stop();
    expect(new Set(received.map(({ to }) => to[0])).size).toBe(200);
    expect(received).toHaveLength(200);
  });
});

describe('the server’s word counts:', () => {
  test('5xx for the address is final', async () => {
    const { port } = await startServer({ onRcptTo: (_address, _session, done) => done(refuse(550)) });
    await queue('nobody@example.org');
    start(port);
    await states().toEqual({ failed: 1 });
    expect(await vault.db.selectFrom('mails').select('reply_code').execute()).toEqual([{ reply_code: 550 }]);
  });

  test('5xx for the mail is final', async () => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(refuse(554)));
    };
    const { port } = await startServer({ onData });
    await queue('spam@example.org');
    start(port);
    await states().toEqual({ failed: 1 });
  });

  test('5xx for ourselves is not the mail’s fault: it waits', async () => {
    const { port } = await startServer({ onMailFrom: (_address, _session, done) => done(refuse(553)) });
    await queue('waits@example.org');
    start(port);
    await expect
      .poll(() => vault.db.selectFrom('mails').select(['state', 'attempts', 'reply_code']).execute())
      .toEqual([{ state: 'queued', attempts: 1, reply_code: 553 }]);
  });

  test('4xx is tried again later', async () => {
    let refusals = 1;
    const onRcptTo: SMTPServerOptions['onRcptTo'] = (_address, _session, done) =>
      refusals-- > 0 ? done(refuse(451)) : done();
    const { port, received } = await startServer({ onRcptTo });
    await queue('grey@example.org');
    start(port);
    await states().toEqual({ 'handed over': 1 });
    expect(received).toHaveLength(1);
    expect(refusals).toBeLessThan(0);
  });
});

/** A server that breaks off where the test says; everything before goes by the book. */
async function startBreakingServer(
  breakAt: 'DATA' | 'end of data',
  times = 1,
): Promise<{ port: number; complete(): number }> {
  let breaks = times;
  let complete = 0;
  const talk = (socket: Socket) => {
    let inData = false;
    let mail = '';
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      if (inData) {
        mail += text;
        if (!mail.endsWith('\r\n.\r\n')) return;
        mail = '';
        complete++;
        inData = false;
        if (breakAt === 'end of data' && breaks-- > 0) socket.destroy();
        else socket.write('250 kept\r\n');
        return;
      }
      for (const line of text.split('\r\n').filter(Boolean)) {
        if (line.startsWith('DATA')) {
          if (breakAt === 'DATA' && breaks-- > 0) {
            socket.destroy();
            return;
          }
          inData = true;
          socket.write('354 go\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  };
  const tcp = createServer(talk).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  server = tcp;
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, complete: () => complete };
}

describe('when the line breaks', () => {
  test('before the mail’s end, it is sent again', async () => {
    const { port, complete } = await startBreakingServer('DATA');
    await queue('again@example.org');
    start(port);
    await states().toEqual({ 'handed over': 1 });
    expect(complete()).toBe(1);
  });

  test('after the mail’s end and before the server’s word, it is unknown and not sent again', async () => {
    const { port, complete } = await startBreakingServer('end of data');
    await queue('unknown@example.org');
    start(port);
    await states().toEqual({ unknown: 1 });
    await queue('next@example.org');
    await states().toEqual({ unknown: 1, 'handed over': 1 });
    expect(complete()).toBe(2);
  });

  test('nobody listens: the mail waits, and goes when somebody does', async () => {
    const { port } = await startServer();
    server?.close();
    await queue('patient@example.org');
    start(port);
    const attempts = async () => (await vault.db.selectFrom('mails').select('attempts').execute())[0]?.attempts;
    await expect.poll(attempts).toBeGreaterThan(0);
    const { received } = await startServer({}, port);
    await states().toEqual({ 'handed over': 1 });
    expect(received).toHaveLength(1);
  });
});

describe('a sender that was killed', () => {
  test('with a mail claimed: it did not leave, the next sender sends it', async () => {
    await queue('claimed@example.org');
    await vault.db.updateTable('mails').set({ state: 'claimed' }).execute();
    const { port, received } = await startServer();
    start(port);
    await states().toEqual({ 'handed over': 1 });
    expect(received).toHaveLength(1);
  });

  test('while handing over: nobody knows, the next sender leaves it', async () => {
    await queue('mid@example.org');
    await vault.db.updateTable('mails').set({ state: 'handing over' }).execute();
    const { port, received } = await startServer();
    start(port);
    await states().toEqual({ unknown: 1 });
    expect(received).toEqual([]);
  });
});

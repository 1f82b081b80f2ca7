import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningSmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';
import { createTestFolder, type TestFolder } from './test-folders.ts';

let folder: TestFolder;
let dir: string;
let catcher: RunningSmtpCatcher;

beforeEach(async () => {
  folder = await createTestFolder();
  dir = join(folder.path, 'mails');
  catcher = await startSmtpCatcher({ dir });
});

afterEach(async () => {
  await catcher.stop();
  await folder.remove();
});

const mail = (text: string) => ({ from: 'vendor@example.org', to: 'person@example.org', subject: 'Grüße', text });

async function send(message: object, url = catcher.url): Promise<void> {
  const transport = createTransport(url);
  try {
    await transport.sendMail(message);
  } finally {
    transport.close();
  }
}

test('an accepted mail is a whole file that only its owner may read', async () => {
  await send(mail('Hello\n.\n..dots\nend'));
  const [name = ''] = await readdir(dir);
  expect(name).toMatch(/^[0-9a-f]{32}\.eml$/);
  expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  const content = await readFile(join(dir, name), 'utf8');
  expect(content).toContain('To: person@example.org');
  expect(content).toContain('\r\n.\r\n..dots\r\nend');
});

test('many at once: a file each', async () => {
  const transport = createTransport({ url: catcher.url, pool: true, maxConnections: 5 });
  await Promise.all(Array.from({ length: 50 }, (_, number) => transport.sendMail(mail(`number ${number}`))));
  transport.close();
  expect(await readdir(dir)).toHaveLength(50);
});

test('without the password nothing is taken', async () => {
  const url = new URL(catcher.url);
  url.password = 'guessed';
  await expect(send(mail('x'), url.href)).rejects.toMatchObject({ responseCode: 535 });
  url.username = '';
  url.password = '';
  await expect(send(mail('x'), url.href)).rejects.toMatchObject({ responseCode: 530 });
  expect(await readdir(dir)).toEqual([]);
});

test('of a mail that breaks off nothing is kept', async () => {
  const { username, password, port } = new URL(catcher.url);
  const login = Buffer.from(`\0${username}\0${password}`).toString('base64');
  const lines = [
    'EHLO x',
    `AUTH PLAIN ${login}`,
    'MAIL FROM:<a@b.example>',
    'RCPT TO:<c@d.example>',
    'DATA',
    'Subject: half\r\n\r\nhal',
  ];
  const socket = connect(Number(port), '127.0.0.1');
  await new Promise<void>((done) => {
    socket.on('data', () => {
      const line = lines.shift();
      if (line) socket.write(`${line}\r\n`);
      if (lines.length === 0) socket.end(() => done());
    });
  });
  await send(mail('whole'));
  expect(await readdir(dir)).toHaveLength(1);
});

test('a mail over the limit is refused', async () => {
  await expect(send(mail('x'.repeat(26 * 1024 * 1024)))).rejects.toMatchObject({ responseCode: 552 });
  expect(await readdir(dir)).toEqual([]);
});

test('after a restart the URL is the same', async () => {
  const { url } = catcher;
  await catcher.stop();
  catcher = await startSmtpCatcher({ dir });
  expect(catcher.url).toBe(url);
});

/** A mail server for those who give none: it delivers nothing, and keeps each mail as a file to be read. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { prepareAccess } from './system/access-file.ts';
import { writeDurably } from './system/durable-file.ts';
import { sameSecret } from './system/same-secret.ts';

const USER = 'avow';
const LARGEST_MAIL_BYTES = 25 * 1024 * 1024;

export interface SmtpCatcherOptions {
  /** Where the mails are kept, as `<random>.eml`, in no telling order. Port and password lie beside it in `<dir>.access.json`. */
  dir: string;
  /** Wanted port; otherwise the one of last time, or any free one. */
  port?: number;
}

export interface RunningSmtpCatcher {
  /** With user and password: other users of the machine are not to fill the folder. */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Starts it on the loopback address. A mail is answered with 250 only when its file is whole and on disk. */
export async function startSmtpCatcher({ dir, port: wanted }: SmtpCatcherOptions): Promise<RunningSmtpCatcher> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { port, password } = await prepareAccess(dir, wanted);
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'mails are kept, not delivered',
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    size: LARGEST_MAIL_BYTES,
    closeTimeout: 1000,
    onAuth({ username, password: given }, _session, answer) {
      const right = username === USER && sameSecret(given ?? '', password);
      answer(right ? null : new Error('wrong user or password'), right ? { user: USER } : undefined);
    },
    onData(stream, _session, answer) {
      keep(stream, dir).then(() => answer(), answer);
    },
  });
  // A client that breaks off in the middle is its own concern.
  server.on('error', () => {});
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `smtp://${USER}:${password}@127.0.0.1:${port}`,
    port,
    stop: () => new Promise((done) => server.close(done)),
  };
}

async function keep(stream: SMTPServerDataStream, dir: string): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of stream) if (!stream.sizeExceeded) parts.push(part);
  if (stream.sizeExceeded) throw Object.assign(new Error('the mail is too large'), { responseCode: 552 });
  await writeDurably(join(dir, `${randomBytes(16).toString('hex')}.eml`), Buffer.concat(parts));
}

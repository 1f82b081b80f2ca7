/** Hands one mail to the mail server and says for certain, as far as SMTP can, what became of it. */
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import type { AvowConfig } from '@avow/config/config';
import { createTransport } from 'nodemailer';
import type { ComposedMail } from './compose.ts';
import { senderDomain } from './sender-domain.ts';

export interface OutgoingMail extends ComposedMail {
  to: string;
  messageId: string;
  language: string;
  /**
   * Called when the server has all of the mail but its end: without that it may not accept it (RFC 5321 section 4.1.1.4), with
   * it nobody can take it back. Rejecting stops the mail.
   */
  beforeEnd(): Promise<void>;
}

/**
 * `not sent`: it did not leave, or the server said 4xx: try again. `refused`: the server said 5xx about this mail.
 * `unknown`: the connection was lost between the end of the mail and the server's word on it.
 */
export type Handover =
  | { result: 'accepted' }
  | { result: 'not sent' | 'refused'; replyCode: number | null }
  | { result: 'unknown' };

export interface Smtp {
  /** Never throws. */
  send(mail: OutgoingMail): Promise<Handover>;
  close(): void;
}

const CONNECTIONS = 4;

function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function judge(error: unknown, ended: boolean): Handover {
  const responseCode = property(error, 'responseCode');
  const replyCode = typeof responseCode === 'number' ? responseCode : null;
  // Only a word on this recipient or this mail counts against the mail: a refused log-in or sender is the set-up's fault.
  const aboutTheMail = property(error, 'code') === 'EMESSAGE' || property(error, 'command') === 'RCPT TO';
  if (replyCode !== null) return { result: replyCode >= 500 && aboutTheMail ? 'refused' : 'not sent', replyCode };
  return ended ? { result: 'unknown' } : { result: 'not sent', replyCode: null };
}

/** Throws if `url` is no `smtp:` or `smtps:` address. */
export function openSmtp(url: string, config: AvowConfig): Smtp {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new Error('SMTP_URL begins with smtp: or smtps:');
  const nearby = isLoopback(hostname);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // EHLO: no host name of the vault leaves the house.
    name: senderDomain(config.mail.from),
    requireTLS: !nearby,
    ignoreTLS: nearby,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    idleTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  const waiting = new Map<string, () => Promise<void>>();
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    const beforeEnd = waiting.get(message.messageId());
    const open = message.createReadStream.bind(message);
    async function* pausingAtTheEnd(): AsyncGenerator<Buffer> {
      yield* open();
      await beforeEnd?.();
    }
    message.createReadStream = () => Readable.from(pausingAtTheEnd(), { objectMode: false });
    done();
  });

  return {
    async send({ to, messageId, language, subject, text, html, beforeEnd }) {
      let ended = false;
      waiting.set(messageId, async () => {
        await beforeEnd();
        ended = true;
      });
      try {
        await transport.sendMail({
          from: config.mail.from,
          replyTo: config.vendor.contactEmail,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
          xMailer: false,
        });
        return { result: 'accepted' };
      } catch (error) {
        return judge(error, ended);
      } finally {
        waiting.delete(messageId);
      }
    },
    close: () => transport.close(),
  };
}

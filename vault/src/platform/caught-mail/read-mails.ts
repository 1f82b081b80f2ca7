/** Reads the mails that the local catcher kept. Only where no mail server is configured. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';

export interface CaughtMail {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string | null;
  source: string;
  caught: Date;
}

export interface CaughtMails {
  /** Newest first. */
  list(limit: number): Promise<CaughtMail[]>;
  find(id: string): Promise<CaughtMail | null>;
}

const ID = /^[A-Za-z0-9_-]{1,80}$/;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export function openCaughtMails(folder: string): CaughtMails {
  /** A caught mail never changes. */
  const parsed = new LRUCache<string, CaughtMail>({ max: 2_000 });

  async function read(id: string, caught: Date): Promise<CaughtMail> {
    const known = parsed.get(id);
    if (known) return known;
    // Loaded when the first mail is looked at: a vault with a real mail server never needs it.
    const { simpleParser } = await import('mailparser');
    const source = await readFile(join(folder, `${id}.eml`));
    const mail = await simpleParser(source, { skipImageLinks: true, skipTextToHtml: true });
    const recipients = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
    const read: CaughtMail = {
      id,
      to: recipients.join(', '),
      from: mail.from?.text ?? '',
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html || null,
      source: source.toString('utf8'),
      caught,
    };
    parsed.set(id, read);
    return read;
  }

  async function find(id: string): Promise<CaughtMail | null> {
    if (!ID.test(id)) return null;
    try {
      return await read(id, (await stat(join(folder, `${id}.eml`))).mtime);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  return {
    find,
    async list(limit) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4));
      const times = await Promise.all(
        ids.map(async (id) => ({
          id,
          at: (await stat(join(folder, `${id}.eml`), { bigint: true }).catch(() => null))?.mtimeNs ?? 0n,
        })),
      );
      times.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
      const mails = await Promise.all(times.slice(0, limit).map(({ id }) => find(id)));
      return mails.filter((mail) => mail !== null);
    },
  };
}

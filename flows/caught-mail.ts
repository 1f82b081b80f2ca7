/** Reads the mails of a running house as its operator would, from the vault's page. */
export interface CaughtMail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Newest first. */
export async function caughtMails(vaultUrl: string): Promise<CaughtMail[]> {
  const response = await fetch(`${vaultUrl}/caught-mail.json`);
  if (!response.ok) throw new Error(`the caught mails answered ${response.status}`);
  return (await response.json()) as CaughtMail[];
}

/** Waits for the newest mail to this address whose text contains `words`, and that was not read before. */
export async function mailTo(
  vaultUrl: string,
  address: string,
  words: string | RegExp = '',
  { read = new Set<string>(), seconds = 20 } = {},
): Promise<CaughtMail> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const mail = (await caughtMails(vaultUrl)).find(
      (one) =>
        one.to.includes(address) &&
        (typeof words === 'string' ? one.text.includes(words) : words.test(one.text)) &&
        !read.has(one.id),
    );
    if (mail) return mail;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`no mail to ${address} within ${seconds} s`);
}

/** In the text of a mail with a link to `path` that carries a code. */
export function linkWithCode(path: string): RegExp {
  return new RegExp(`${path}\\?lang=(en|de)#[0-9A-Z]{26}\\b`);
}

/** The link in a mail whose path starts like this. */
export function linkIn(mail: CaughtMail, path: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => new URL(url).pathname.startsWith(path));
  if (!link) throw new Error(`no link to ${path} in:\n${mail.text}`);
  return link;
}

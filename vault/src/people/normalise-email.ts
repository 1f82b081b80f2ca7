import { domainToASCII } from 'node:url';

/**
 * The form under which an address is looked up: composed (NFC), lower case, the domain in its ASCII form. The local part keeps
 * its dots and `+tags`: whether they matter is the provider's business. Never used as an address to write to.
 */
export function normaliseEmail(text: string): string {
  const email = text.trim().normalize('NFC').toLowerCase();
  const at = email.lastIndexOf('@');
  if (at < 0) return email;
  const domain = email.slice(at + 1).replace(/\.$/, '');
  return `${email.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

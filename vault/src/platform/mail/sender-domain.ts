/** The domain of the configured sender: the only name of ours that a mail server ever learns. */
export function senderDomain(from: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1];
  if (!domain) throw new Error(`mail.from is no address with a domain: ${from}`);
  return domain.toLowerCase();
}

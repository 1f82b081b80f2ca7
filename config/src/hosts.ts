/** Host names of sites, as browsers send them: a name that is written in another way would never be recognised. */
import { z } from 'zod';

/** `Bücher.example` -> `xn--bcher-kva.example`; undefined if it is no host name alone. */
function hostAsSent(text: string): string | undefined {
  const address = URL.parse(`http://${text}/`);
  // `localhost:80` loses its port when it is read, so what is written is looked at, too.
  const bare = address !== null && address.pathname === '/' && !/[:/?#@*\s]/.test(text);
  return bare ? address.hostname.replace(/\.$/, '') : undefined;
}

const host = z.string().transform((text, context) => {
  if (/^\[?[0-9a-f:]*:[0-9a-f:.]*\]?$/i.test(text)) return text.toLowerCase();
  const sent = hostAsSent(text);
  if (sent !== undefined) return sent;
  context.addIssue({ code: 'custom', message: `"${text}" is no host name; leave out scheme, port and path` });
  return z.NEVER;
});

/** Host names (without port) under which visitors reach a site. */
export const hosts = z.array(host).min(1);

/** A page could be of either. */
export function refuseSharedHosts(
  sites: readonly { id: string; hosts: readonly string[] }[],
  refuse: (message: string) => void,
): void {
  const owner = new Map<string, string>();
  for (const { id, hosts } of sites) {
    for (const name of new Set(hosts)) {
      const other = owner.get(name);
      if (other !== undefined) refuse(`the host "${name}" is one of ${other} and of ${id}`);
      owner.set(name, id);
    }
  }
}

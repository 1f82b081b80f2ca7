/** Which of the vendor's sites a request is for, and that site's one colour. */
import { createHash } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import type { Asset } from './deps.ts';

export type Site = AvowConfig['sites'][number];

/** The site of a `Host` header; the first one where no site claims the name. */
export function siteOfHost(config: AvowConfig, host: string): Site {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  const site = config.sites.find((candidate) => candidate.hosts.includes(name)) ?? config.sites[0];
  if (!site) throw new Error('no site is configured');
  return site;
}

export interface Theme extends Asset {
  css: string;
}

/** The accent as a style sheet of its own: strict CSP forbids inline styles, and the hash in the name lets it be cached. */
export function themeOf(site: Site): Theme {
  const css = `:root{--accent:${site.accent.light}}@media (prefers-color-scheme:dark){:root{--accent:${site.accent.dark}}}@media print{:root{--accent:${site.accent.light}}}\n`;
  const digest = createHash('sha384').update(css).digest();
  return {
    css,
    path: `/sites/${site.id}-${digest.toString('hex').slice(0, 16)}.css`,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}

/** The collection contract of each site (`sites[].collect`), ready to be enforced on every event. */
import type { AvowConfig } from '@avow/config/config';
import type { VisitField } from '@avow/config/visits';
import type { EventKind } from '@avow/protocol/visits';
import { getDomain } from 'tldts';

export interface SiteContract {
  id: string;
  collects(field: VisitField): boolean;
  readsCountry: boolean;
  excludes(path: string): boolean;
  /** The properties that an event may carry; null: no such event is declared. */
  propsOf(kind: EventKind, name: string): ReadonlySet<string> | null;
}

export interface SiteContracts {
  ids: readonly string[];
  /** The site that is reached under this host (lower case, without port); null: none of ours. */
  ofHost(host: string): SiteContract | null;
  /** The part of one of our hosts that its owner has registered: `shop.example.co.uk` -> `example.co.uk`. */
  registrableHost(host: string): string;
}

/**
 * Pages where somebody acts as a person, or arrives after having done so. They are in no visit, so that no visit can be laid
 * beside the act (W6).
 */
const PERSONAL_PATHS = [
  '/confirm',
  '/my',
  '/my/*',
  '/sign-in',
  '/sign-in/*',
  '/email-change',
  '/email-change/*',
  '/hold',
  '/members/*',
];

const NO_PROPS: ReadonlySet<string> = new Set();

/** Patterns are exact paths, or beginnings with `*` at the end. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const beginnings = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return (path) => exact.has(path) || beginnings.some((beginning) => path.startsWith(beginning));
}

function contractOf({ id, collect }: AvowConfig['sites'][number]): SiteContract {
  const fields = new Set<VisitField>(collect.fields);
  const actions = new Set<string>(collect.actions);
  const events = new Map(Object.entries(collect.events).map(([name, { props }]) => [name, new Set(props)]));
  return {
    id,
    collects: (field) => fields.has(field),
    readsCountry: collect.geography === 'country',
    excludes: matcher([...PERSONAL_PATHS, ...collect.excludePaths]),
    propsOf(kind, name) {
      if (kind === 'event') return events.get(name) ?? null;
      const declared =
        kind === 'view' ||
        actions.has(kind) ||
        (kind === 'engagement' && (fields.has('engagement') || fields.has('scroll')));
      return declared ? NO_PROPS : null;
    },
  };
}

export function createSiteContracts(sites: AvowConfig['sites']): SiteContracts {
  const hosts = new Map<string, { contract: SiteContract; registrable: string }>();
  for (const site of sites) {
    const contract = contractOf(site);
    for (const host of site.hosts) {
      const name = host.toLowerCase();
      hosts.set(name, { contract, registrable: getDomain(name, { allowPrivateDomains: true }) ?? name });
    }
  }
  return {
    ids: sites.map((site) => site.id),
    ofHost: (host) => hosts.get(host)?.contract ?? null,
    registrableHost: (host) => hosts.get(host)?.registrable ?? host,
  };
}

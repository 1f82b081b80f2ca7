/** Steps that decide whether an event may be counted at all, and whether quietly. */
import type { CollectBody } from '@avow/protocol/visits';
import { drop, header, known, type PassingEvent, type Step } from './event.ts';
import type { ReportingHour } from './reporting-hour.ts';
import type { SiteContracts } from './site-contracts.ts';
import { plainPath } from './strip-addresses.ts';

/** Step `check site`: the page is one of ours, and the browser says that this very page sent the event. */
export function checkSite(sites: SiteContracts): Step {
  return (event) => {
    const host = known(event.page).hostname.replace(/\.$/, '');
    const site = sites.ofHost(host);
    if (site === null) return drop(event, 'unknown site');
    event.site = site;
    event.draft.site = site.id;
    const origin = header(event, 'origin');
    // Programs send none, and are labelled for it; what a browser says cannot be forged by a page.
    if (origin === '' || origin === known(event.page).origin) return event;
    return URL.parse(origin)?.hostname.replace(/\.$/, '') === host ? event : drop(event, 'wrong origin');
  };
}

/** Step `refuse prefetches`: a page that nobody has seen yet. */
export const refusePrefetches: Step = (event) => {
  const purpose = `${header(event, 'sec-purpose')} ${header(event, 'purpose')} ${header(event, 'x-moz')}`;
  return /\bpre(fetch|render|view)\b/i.test(purpose) ? drop(event, 'prefetched') : event;
};

/** Step `obey contract`: what the site's contract does not name is not kept, whoever sends it. */
export const obeyContract: Step = (event) => {
  const site = known(event.site);
  const { n = '' }: CollectBody = known(event.body);
  if (site.excludes(plainPath(known(event.page)))) return drop(event, 'excluded path');
  return site.propsOf(event.draft.kind, n) === null ? drop(event, 'undeclared event') : event;
};

/** Global Privacy Control (Sec-GPC) or Do Not Track: C7, the browser's own signal, as header or as its scripts see it. */
export function wantsPrivacy(event: PassingEvent): boolean {
  return header(event, 'sec-gpc') === '1' || header(event, 'dnt') === '1' || event.body?.q === 1;
}

/** Step `obey privacy signals`: of such a visitor only site, page and day of a view are counted, and nothing else is kept. */
export function obeyPrivacySignals(reportingHour: (now: number) => ReportingHour): Step {
  return (event) => {
    if (!wantsPrivacy(event)) return event;
    const views = event.draft.kind === 'view' ? 1 : 0;
    const { day } = reportingHour(event.now);
    return { quiet: { day, site: known(event.site).id, path: plainPath(known(event.page)), views } };
  };
}

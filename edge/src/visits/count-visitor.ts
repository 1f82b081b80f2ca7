/** Step `count visitor`: gives the event its visitor, its visit and its place in it. The last one that needs the address. */
import { header, known, type PassingEvent, type Step } from './event.ts';
import type { IdTable } from './id-table.ts';
import { isFirstOfPath, keepsPace, type OpenVisit, type OpenVisits } from './open-visits.ts';
import type { ReportingHour } from './reporting-hour.ts';
import type { DaySalts } from './salts.ts';
import type { SiteContracts } from './site-contracts.ts';
import { type VisitorId, visitorId } from './visitor-id.ts';

export interface VisitorCounting {
  sites: SiteContracts;
  scope: 'site' | 'group';
  salts(now: number): DaySalts | null;
  visits: OpenVisits;
  seen: IdTable;
  reportingHour(now: number): ReportingHour;
}

/** Sites of a group share the visitor's id, but each counts its own first events. */
function siteMark(sites: SiteContracts, site: string): number {
  return sites.ids.indexOf(site) + 1;
}

export function countVisitor(counting: VisitorCounting): Step {
  const { sites, scope, visits, seen } = counting;
  let seenDay = '';

  function idOf(event: PassingEvent, salt: Buffer): VisitorId {
    const ofSite = scope === 'site';
    return visitorId(salt, {
      scope: ofSite ? event.draft.site : '',
      registrableHost: ofSite ? sites.registrableHost(known(event.page).hostname) : '',
      address: event.address,
      userAgent: header(event, 'user-agent'),
    });
  }

  /** Today's id; yesterday's while a visit that began before midnight goes on. */
  function findVisit(event: PassingEvent): { id: VisitorId; visit: OpenVisit | null } {
    const { now, draft } = event;
    const salts = known(counting.salts(now));
    const id = idOf(event, salts.today);
    const visit = visits.find(id.text, draft.site, now);
    if (visit === null && salts.previous !== null) {
      const old = idOf(event, salts.previous);
      const spanning = visits.find(old.text, draft.site, now);
      if (spanning !== null) return { id: old, visit: spanning };
    }
    // How long a page was looked at belongs to the visit that opened it, however long ago.
    if (visit === null && draft.kind === 'engagement') return { id, visit: visits.findIdle(id.text, draft.site) };
    return { id, visit };
  }

  function isFirstOfDay(event: PassingEvent, { high, low }: VisitorId): boolean {
    const { day, site, firstInVisit } = event.draft;
    if (day !== seenDay) {
      seen.clear();
      seenDay = day;
    }
    return seen.add(high, (low ^ siteMark(sites, site)) >>> 0) ?? firstInVisit;
  }

  return (event) => {
    const { draft, now } = event;
    const { hour, day } = counting.reportingHour(now);
    draft.hour = hour;
    draft.day = day;
    const { id, visit: found } = findVisit(event);
    const visit = found ?? visits.begin(id.text, now, draft);
    const isView = draft.kind === 'view';
    // An engagement that belongs to a visit long over does not make it go on.
    if (isView || draft.kind !== 'engagement' || visits.find(id.text, draft.site, now) !== null) visit.lastSeen = now;
    if (isView && !keepsPace(visit, now)) visit.bot ||= 'too fast';
    visit.bot ||= draft.bot;
    Object.assign(draft, visit.origin);
    draft.visitor = visit.visitor;
    draft.visit = visit.visit;
    draft.seq = visit.events;
    draft.bot = visit.bot;
    draft.firstInVisit = visit.events === 0;
    draft.firstOfPath = isView && isFirstOfPath(visit, draft.path);
    draft.firstOfDay = isFirstOfDay(event, id);
    visit.events += 1;
    return event;
  };
}

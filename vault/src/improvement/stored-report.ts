/** A report without its nonce and its field list: a row of ClickHouse's `improvement_reports`. */
import type { Report } from '@avow/protocol/improvement/report';
import { type Week, weekStart } from '@avow/protocol/improvement/weeks';
import { type IsoDay, isoDay } from '../platform/day.ts';

export interface StoredReport {
  /** Monday. */
  week: IsoDay;
  facet: string;
  product: string;
  version: string;
  os: string;
  os_version: string;
  country: string;
  installed: string;
  /** Sorted, joined by `+`; `-`: none is installed. */
  applications: string;
  application: string;
  starts: string;
}

/** What stands for the set of no applications: an empty text would say that the report is not about sets. */
export const NO_APPLICATIONS = '-';

export const mondayOf = (week: Week): IsoDay => isoDay(weekStart(week));

/** Null: it says nothing that could be stored. */
export function storedReport(report: Report): StoredReport | null {
  if (report.facet === 'none') return null;
  const row: StoredReport = {
    week: mondayOf(report.week),
    facet: report.facet,
    product: report.product,
    version: '',
    os: '',
    os_version: '',
    country: '',
    installed: '',
    applications: '',
    application: '',
    starts: '',
  };
  if (report.facet === 'base') {
    const { version, os, osVersion, country } = report;
    return { ...row, version, os, os_version: osVersion, country };
  }
  if (report.facet === 'age') return { ...row, installed: report.installed };
  if (report.facet === 'starts') return { ...row, application: report.application, starts: report.starts };
  if ('application' in report) return { ...row, application: report.application };
  return { ...row, applications: report.applications.join('+') || NO_APPLICATIONS };
}

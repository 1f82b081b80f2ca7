/** What there is to ask about, so that nobody has to know the configuration. */

import type { AvowConfig } from '@avow/config/config';
import type { VisitsHouse } from '@avow/protocol/staff/visits';
import type { StaffRoute } from '../../platform/feature.ts';
import { keptDaysOf, shortestKept } from '../kept-days.ts';
import { visitRoute } from '../visit-route.ts';
import { houseSchema, weeklyReportSchema } from './answer-schema.ts';

export function houseOf(config: AvowConfig): VisitsHouse {
  const { vendor, timeZone, sites, visits } = config;
  return {
    vendor: vendor.name,
    timeZone,
    suppressedBelow: visits.suppressBelow,
    eventsKeptDays: shortestKept(
      keptDaysOf(config),
      sites.map(({ id }) => id),
    ),
    sites: sites.map(({ id, name, collect }) => ({
      id,
      name,
      events: Object.entries(collect.events).map(([event, { props }]) => ({ name: event, properties: [...props] })),
    })),
  };
}

export function houseRoutes(config: AvowConfig): StaffRoute[] {
  return [
    visitRoute('GET /visits/house', {
      permission: 'visits:read',
      summary: 'Sites with their declared events, time zone, and from how many on figures are told.',
      answer: houseSchema,
      handle: async () => houseOf(config),
    }),
    visitRoute('GET /visits/weekly-report', {
      permission: 'visits:read',
      summary: 'Who is mailed the weekly report. The configuration decides it.',
      answer: weeklyReportSchema,
      handle: async () => ({ to: [...config.visits.reportTo], language: config.visits.reportLanguage }),
    }),
  ];
}

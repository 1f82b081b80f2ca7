/** What of an import a site may have: its collection contract (`sites[].collect`) holds for what comes from elsewhere, too. */
import type { AvowConfig } from '@avow/config/config';
import type { SumDimension, SumRow } from './sum-row.ts';

type Collect = AvowConfig['sites'][number]['collect'];

const FIELD_OF: Partial<Record<SumDimension, Collect['fields'][number]>> = {
  source: 'referrer',
  referrer: 'referrer',
  channel: 'referrer',
  utm_source: 'campaign',
  utm_medium: 'campaign',
  utm_campaign: 'campaign',
  utm_content: 'campaign',
  utm_term: 'campaign',
  language: 'language',
  device: 'device',
  browser: 'device',
  browser_version: 'device',
  os: 'device',
  os_version: 'device',
};

function isCollected({ dimension, value }: SumRow, collect: Collect): boolean {
  const field = FIELD_OF[dimension];
  if (field !== undefined) return collect.fields.includes(field);
  switch (dimension) {
    case 'country':
      return collect.geography === 'country';
    case 'event':
      return Object.hasOwn(collect.events, value);
    case 'outbound':
    case 'download':
    case 'not-found':
    case 'form':
      return collect.actions.includes(dimension);
    case 'page':
    case 'entry':
    case 'exit':
      return !collect.excludePaths.some((pattern) =>
        pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern,
      );
    default:
      return true;
  }
}

/** The rows that the contract allows, without the measures that it does not. */
export function underContract(rows: readonly SumRow[], collect: Collect): SumRow[] {
  return rows
    .filter((row) => isCollected(row, collect))
    .map((row) => {
      const measures = { ...row.measures };
      if (!collect.fields.includes('engagement')) {
        measures.engaged_ms = 0;
        measures.visit_engaged_ms = 0;
      }
      if (!collect.fields.includes('scroll')) {
        measures.scrolled = 0;
        measures.scroll_percent = 0;
      }
      return { ...row, measures };
    });
}

/** All reports of one week: facets as far as a chart needs them, and dummies up to the number that everybody sends. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { roundInstalled } from '@avow/protocol/improvement/installed';
import { bucketOf, MAX_APPLICATIONS_IN_SET, type ReportContent, reportBytes } from '@avow/protocol/improvement/report';
import type { Week } from '@avow/protocol/improvement/weeks';
import type { SuiteManifest } from '../manifest.ts';
import { baseFacet, type MachineFacts } from './facts.ts';

export interface WeekFacts {
  week: Week;
  /** By number of the application. */
  starts: ReadonlyMap<number, number>;
  machine: MachineFacts;
}

export interface WeekReport {
  content: ReportContent;
  /** What is shown, logged and sealed. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** The label is what the nonce is derived from: the same report of the same week has the same one. */
function contentsOf(
  manifest: SuiteManifest,
  configuration: SignedConfiguration,
  { week, starts, machine }: WeekFacts,
): [label: string, content: ReportContent][] {
  const product = configuration.products.find(({ id }) => id === manifest.suite);
  if (product === undefined) return [];
  const isListed = (id: string) => product.applications.some((application) => application.id === id);
  const known = manifest.applications.filter(({ id }) => isListed(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const installed = known.map(({ id }) => id).filter((id) => manifest.installed.includes(id));
  const startsOf = (number: number) => starts.get(number) ?? 0;

  const contents: [string, ReportContent][] = [['base', baseFacet(machine, manifest.version, product, configuration)]];
  const told = roundInstalled(new Date(manifest.installedAt), week);
  if (told !== null) contents.push(['age', { facet: 'age', product: product.id, installed: told }]);
  if (installed.length <= MAX_APPLICATIONS_IN_SET) {
    contents.push(['apps', { facet: 'apps', product: product.id, applications: installed }]);
  } else {
    for (const id of installed) {
      contents.push([`apps:${id}`, { facet: 'apps', product: product.id, application: id }]);
    }
  }
  for (const { id, number } of known) {
    // What has been removed since may still have been used in the week.
    if (!installed.includes(id) && startsOf(number) === 0) continue;
    const bucket = bucketOf(startsOf(number));
    contents.push([`starts:${id}`, { facet: 'starts', product: product.id, application: id, starts: bucket }]);
  }
  return contents.filter(([, { facet }]) => configuration.charts.some((chart) => chart.facet === facet));
}

/** Null if the configuration does not know the suite. `nonceOf` gives the same nonce for the same label. */
export function makeReports(
  manifest: SuiteManifest,
  configuration: SignedConfiguration,
  facts: WeekFacts,
  nonceOf: (label: string) => string,
): WeekReport[] | null {
  const contents = contentsOf(manifest, configuration, facts);
  if (!configuration.products.some(({ id }) => id === manifest.suite)) return null;
  for (let n = contents.length; n < configuration.schedule.messages; n++)
    contents.push([`none:${n}`, { facet: 'none' }]);
  return contents.map(([label, content]) => ({
    content,
    bytes: reportBytes({ fieldList: configuration.fieldList, week: facts.week, nonce: nonceOf(label), ...content }),
  }));
}

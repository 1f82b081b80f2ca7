import { inLanguage } from '../texts/in-language.ts';

const { number, plural, day } = inLanguage('en');
const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });

export const en = {
  title: 'Improvement Programme',
  about: 'What participating installations of the suite tell, once a week and anonymously.',
  product: 'Product',
  week: 'Week',
  weekName: (week: string) => `Week ${Number(week.slice(6))} of ${week.slice(0, 4)}`,
  latest: 'Last finished week',
  none: 'No week is finished yet',
  noneHint:
    'A week is finished when no report about it is taken any more: five weeks after it. Until then nobody sees figures, not even here.',
  notSigned: 'Nothing is signed yet',
  notSignedHint: 'What may be asked is signed with the root key: avow improvement config --sign',
  basis: (version: number, fieldList: number, created: string) =>
    `Configuration ${version}, field list ${fieldList}, signed on ${day(created)}.`,
  howTold: (threshold: number) =>
    `All figures carry noise that was drawn once, and stand for at least ${threshold} installations. What stands for fewer, or would give such a number away, is hatched.`,
  alarm: (week: string, facet: string, seen: number, usual: number) =>
    `${week}: ${number(seen)} reports of “${facet}”, usually about ${number(usual)}. Somebody may be sending invented reports, many machines were set up at once, or something changed in the suite.`,
  trend: 'Installations in use',
  trendHint: 'Installations that reported in the week, and those installed in it or the week before.',
  actives: 'In use',
  newInstallations: 'New',
  distinct: (from: string, to: string) =>
    `In the last four weeks together: between ${from} and ${to} different installations.`,
  versions: 'Adoption of versions',
  versionsHint: 'Share of installations in use, week by week.',
  systems: 'Operating systems',
  systemVersions: (system: string) => `Versions of ${system}`,
  countries: 'Countries',
  countriesHint:
    'By the regional setting of the operating system. Small countries are told as their part of the world.',
  map: 'Map of countries',
  use: 'Use of each application',
  useHint: 'Starts in the week, of the installations that have the application.',
  starts: (bucket: string) => (bucket === '1' ? '1 start' : `${bucket} starts`),
  applications: 'Installed applications',
  combinations: 'Installed together',
  noApplications: 'none',
  retention: 'Still in use, by time of installation',
  retentionHint:
    'Each row is everybody installed at the same time. Darker: more of them still report, as a share of the most there ever were.',
  installed: 'Installed',
  kept: (installed: string, week: string, kept: string, count: string) =>
    `${installed}, ${week}: ${kept} still in use (${count})`,
  share: 'Share',
  count: 'Installations',
  interval: (low: number, high: number) => `${percent(low)} to ${percent(high)}`,
  intervalWhy: 'Interval of 95 % (Wilson): chance alone moves the share as far as that.',
  percent,
  vague: (count: number) =>
    `Fewer than ${number(count)} installations: shares may be off by more than 5 percentage points.`,
  moreSuppressed: (count: number) => plural(count, { one: '# more value', other: '# more values' }),
  other: 'Others together',
  empty: 'Nothing to show for this week',
  emptyHint: 'Too few installations reported, or the configuration does not ask for it.',
  csv: 'CSV',
  csvOf: (title: string) => `${title} as CSV`,
  withheld: 'withheld',
  withheldWhy: (threshold: number) =>
    `Fewer than ${threshold} installations, or more, but a smaller number would follow from it and the total.`,
  weeks: (count: number) => plural(count, { one: '# finished week', other: '# finished weeks' }),
  families: { windows: 'Windows', macos: 'macOS', linux: 'Linux', other: 'Other' } as Record<string, string>,
  otherPlace: 'Elsewhere',
};

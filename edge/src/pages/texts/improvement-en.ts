/** Words about the Improvement Programme. */

import { REGION_NAMES } from '@avow/protocol/improvement/region-names';
import type { Facet, OsFamily } from '@avow/protocol/improvement/report';
import type { TableKind } from '@avow/protocol/improvement/tables';

const systems: Record<OsFamily, string> = { windows: 'Windows', macos: 'macOS', linux: 'Linux', other: 'others' };

export const improvementEn = {
  title: 'What the Improvement Programme has learnt',
  lead: 'Some people let their installation of our programs tell us, once a week, how it is used. This is all that we know from it.',
  how: (threshold: number) =>
    `Every number stands for at least ${threshold} installations and is rounded; chance has changed it a little, so that nobody can tell whether one particular installation is in it. The reports behind the numbers are destroyed.`,
  fieldsLink: 'What a report says, and why',
  csvLink: 'All tables as CSV',
  configLink: 'The signed list as JSON',
  nothing: 'Nothing has been published yet.',
  nothingWhy:
    'The first figures of a week appear six weeks after it: until then, reports that were late are still taken. They also need at least so many installations: ',
  week: (week: number, year: number, from: string, to: string) => `Week ${week} of ${year}: ${from} to ${to}`,
  published: (day: string) => `Last week added on ${day}.`,
  actives: 'Installations that reported',
  activesTooFew: (threshold: number) => `Fewer than ${threshold} installations reported in this week.`,
  newOnes: (count: string) => `${count} of them were new: installed in this week or the one before.`,
  trend: (first: string, last: string, product: string) =>
    `Installations of ${product} by week, from ${first} to ${last}`,
  tables: {
    'new-installations': 'New installations',
    cohorts: 'When it was installed',
    versions: 'Versions',
    systems: 'Operating systems',
    'system-versions': 'Versions of the operating system',
    countries: 'Countries',
    applications: 'Installed applications',
    combinations: 'Which applications are installed together',
    starts: 'How often it was started in the week',
  } satisfies Record<TableKind, string>,
  within: (table: string, within: string) => `${within}: ${lowerFirst(table)}`,
  column: { label: 'Value', installations: 'Installations', share: 'Share' },
  together: 'all others together',
  togetherWhy: (threshold: number) =>
    `“All others together” are values with fewer than ${threshold} installations, and where needed a larger one, so that none of them can be worked out.`,
  overlap: 'Most installations have several of them, so the shares add up to more than 100 %.',
  uncertain: 'So few installations say little about all: a share may be off by more than five percentage points.',
  other: 'others',
  none: 'none',
  older: 'earlier',
  regions: REGION_NAMES.en,
  systems,
  times: (bucket: string) => (bucket === '0' ? 'not at all' : bucket === '1' ? 'once' : `${bucket} times`),
  fields: {
    title: 'What a report says, and why',
    lead: 'Nothing is counted and nothing is sent unless somebody has switched the Improvement Programme on. Then each week these messages leave the machine. Each is about one thing only, and nothing in it connects it with any other.',
    list: (version: number, signed: string) => `Field list ${version}. Signed on ${signed}.`,
    facets: {
      base: 'Product, version, operating system, country',
      age: 'Time of installation',
      apps: 'Installed applications',
      starts: 'Starts of one application',
    } satisfies Record<Facet, string>,
    says: 'What it says',
    why: 'Why we ask',
    base: {
      product: 'Product',
      version: 'Version, without its last part',
      os: 'Operating system and its main version',
      country: 'Country of the operating system’s regional setting',
      countryHow: 'Only countries with many participants are named. Any other is told as its part of the world.',
    },
    age: {
      installed: 'Time of installation',
      how: 'As the week, in the first four weeks; then as the month, for a year; then as the year. The day and the time stay on the machine.',
    },
    apps: {
      applications: 'Which of these applications are installed',
      how: 'All of them in one message. If there are more than twelve, each in a message of its own.',
    },
    starts: {
      starts: 'How often this application was started in the week',
      how: 'One message for each application. Only the step is told:',
    },
    never: 'What it never says',
    neverList: [
      'who or where you are: no name, no address, no serial number, no number of the machine',
      'what you do in an application, or which files you open',
      'anything from the time before you switched it on, that day included',
    ],
    way: 'How it travels',
    wayText: (messages: number, hours: number, weeks: number) =>
      `Each week ${messages} messages leave, whatever there is to say; some of them are empty. Each leaves at a random moment within ${hours} hours after the end of the week, sealed so that the public server, which sees your address, cannot open it, and the private server, which opens it, never sees your address. What could not be sent is dropped after ${weeks} weeks.`,
    kept: 'How long it is kept',
    keptText: (threshold: number, epsilon: number) =>
      `Six weeks after the week it is about, the messages are counted and destroyed. Numbers below ${threshold} are not published. Each number gets random noise once (differential privacy with ε = ${epsilon} for each number of a week; one installation stands in several numbers, so this is not a bound for a person).`,
    stop: 'How to stop',
    stopText:
      'Switch it off in the Control Center. Nothing more leaves from that moment, and what was counted is deleted.',
    values: (count: number) => `${count} possible values`,
    anyOther: 'Anything else is told as “other”.',
    message: 'A message, exactly as it is sealed',
    messageWhy: 'The nonce is a random number of this one message: if it arrives twice, it counts once.',
    log: 'Every version of this list',
    logLine: (version: number, day: string, list: number) => `Version ${version}, signed on ${day}, field list ${list}`,
    notYet: 'The list has not been published yet. Nobody can take part before it is.',
    back: 'What the programme has learnt',
  },
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export type ImprovementTexts = typeof improvementEn;

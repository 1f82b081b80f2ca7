import { inLanguage } from '../texts/in-language.ts';

const { plural, day } = inLanguage('en');

export const en = {
  title: 'Settings',
  hint: (file: string) => `All of this stands in ${file}. Change it there and restart; the vault never writes to it.`,
  noFile: 'the configuration file',
  vendor: {
    title: 'Vendor and statement',
    name: 'Name',
    contact: 'Statement contact',
    postal: 'Postal address',
    from: 'Mails come from',
    zone: 'Reporting time zone',
    statement: 'Statement',
    statementOf: (version: number, since: string) => `version ${version}, in force since ${day(since)}`,
    publicUrl: 'Public address',
    edges: 'Edges that the vault dials',
    vaultName: 'Name of the vault',
  },
  sites: {
    title: 'Sites',
    columns: { name: 'Site', hosts: 'Hosts', events: 'Own events', geography: 'Geography' },
    geography: { country: 'country', none: 'none' },
  },
  suites: {
    title: 'Suites and applications',
    columns: { name: 'Suite', editions: 'Editions', applications: 'Applications', legacy: 'Older serials' },
    legacy: { yes: 'can be imported', no: 'no pattern' },
  },
  retention: {
    title: 'Retention',
    columns: { name: 'Setting', days: 'Days' },
    ofSite: (site: string) => `Single events of ${site}`,
    names: {
      'retention.unconfirmedDays': 'Registrations that nobody confirmed',
      'retention.sentMailDays': 'Mails that were sent',
      'retention.jobFileDays': 'Files of jobs',
      'visits.rawDays': 'Single events of visits',
      'edge.accessLogDays': 'Access log at the edge',
    },
  },
  keeps: {
    title: 'Everything that is kept',
    hint: 'The record of processing, derived from the code: it cannot say something else than the program does.',
    columns: {
      purpose: 'Purpose',
      table: 'Table',
      why: 'Why',
      promises: 'Promises',
      kept: 'How long',
      readers: 'Who reads it',
    },
    readerNames: {} as Record<string, string>,
  },
  check: {
    title: 'Before a restart',
    hint: 'Reads the file as it is now and says what a restart would change. Nothing is taken over.',
    button: 'Check the file',
    same: 'The file says what is in force. A restart changes nothing.',
    usable: (count: number) =>
      plural(count, { one: 'A restart would change # setting.', other: 'A restart would change # settings.' }),
    unusable: 'The file is not usable: after a restart the vault would not start. What is in force stays.',
    columns: { path: 'Setting', inForce: 'In force', inFile: 'In the file' },
    absent: '(not there)',
  },
};

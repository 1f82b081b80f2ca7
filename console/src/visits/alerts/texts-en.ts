import { inLanguage } from '../../texts/in-language.ts';

const { number, day } = inLanguage('en');

export const en = {
  title: 'Alerts',
  hint: 'Each full hour is compared with the median of the same weekday and hour in four weeks. You are mailed once when it begins.',
  add: 'New alert',
  metric: 'Figure',
  direction: 'Kind',
  spike: 'Spike',
  drop: 'Drop',
  percent: 'Per cent of the usual',
  percentSpike: 'So much or more is a spike: 200 is twice the usual.',
  percentDrop: 'So much or less is a drop: 50 is half of the usual.',
  minimum: 'At least',
  minimumSpike: 'Fewer than these are no spike.',
  minimumDrop: 'Only where so many are usual.',
  save: 'Keep this alert',
  remove: 'Delete this alert',
  rule: 'Alert',
  state: 'State',
  quiet: 'Quiet',
  since: (date: string) => `Going on since ${day(date)}`,
  created: 'Made on',
  none: 'No alerts yet.',
  noneHint: 'An alert tells you by mail when there are far more or far fewer visits than usual.',
  of: (metric: string, site: string) => `${metric}, ${site}`,
  goes: (rule: string) => `The alert “${rule}”. Nobody is mailed about it any more.`,
  stays: 'All figures.',
  text: (direction: 'spike' | 'drop', percent: number, minimum: number) =>
    direction === 'spike'
      ? `${number(percent)} % of the usual or more, from ${number(minimum)} on`
      : `${number(percent)} % of the usual or less, where ${number(minimum)} are usual`,
  report: {
    title: 'Weekly report',
    hint: 'Every Monday, the figures of the week before. The configuration decides who gets it (visits.reportTo).',
    to: 'Goes to',
    language: 'Language',
    inLanguage: { en: 'English', de: 'German' },
    nobody: 'Nobody gets it.',
    nobodyHint:
      'Name addresses of staff in visits.reportTo of avow.config.ts. Alerts are mailed to the same addresses.',
  },
};

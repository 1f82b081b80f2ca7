import type { Translated } from '../../texts/catalogue.ts';
import { inLanguage } from '../../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { number, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Alarme',
  hint: 'Jede volle Stunde wird mit dem Median desselben Wochentags und derselben Stunde aus vier Wochen verglichen. Sie bekommen eine Mail, wenn es beginnt.',
  add: 'Neuer Alarm',
  metric: 'Zahl',
  direction: 'Art',
  spike: 'Anstieg',
  drop: 'Einbruch',
  percent: 'Prozent des Üblichen',
  percentSpike: 'So viel oder mehr ist ein Anstieg: 200 ist das Doppelte des Üblichen.',
  percentDrop: 'So viel oder weniger ist ein Einbruch: 50 ist die Hälfte des Üblichen.',
  minimum: 'Mindestens',
  minimumSpike: 'Weniger als so viele sind kein Anstieg.',
  minimumDrop: 'Nur wo so viele üblich sind.',
  save: 'Diesen Alarm aufheben',
  remove: 'Diesen Alarm löschen',
  rule: 'Alarm',
  state: 'Zustand',
  quiet: 'Ruhig',
  since: (date: string) => `Dauert an seit ${day(date)}`,
  created: 'Angelegt am',
  none: 'Noch keine Alarme.',
  noneHint: 'Ein Alarm sagt Ihnen mit einer Mail, wenn es viel mehr oder viel weniger Besuche gibt als üblich.',
  of: (metric: string, site: string) => `${metric}, ${site}`,
  goes: (rule: string) => `Der Alarm „${rule}“. Niemand bekommt dazu noch eine Mail.`,
  stays: 'Alle Zahlen.',
  text: (direction: 'spike' | 'drop', percent: number, minimum: number) =>
    direction === 'spike'
      ? `${number(percent)} % des Üblichen oder mehr, ab ${number(minimum)}`
      : `${number(percent)} % des Üblichen oder weniger, wo ${number(minimum)} üblich sind`,
  report: {
    title: 'Wochenbericht',
    hint: 'Jeden Montag die Zahlen der Woche davor. Wer ihn bekommt, bestimmt die Konfiguration (visits.reportTo).',
    to: 'Geht an',
    language: 'Sprache',
    inLanguage: { en: 'Englisch', de: 'Deutsch' },
    nobody: 'Niemand bekommt ihn.',
    nobodyHint:
      'Nennen Sie in avow.config.ts unter visits.reportTo Adressen aus dem Team. Auch Alarme gehen an diese Adressen.',
  },
};

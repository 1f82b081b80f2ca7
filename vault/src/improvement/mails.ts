/** The one mail of the Improvement Programme, to staff. */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import type { MailContent } from '../platform/mail/compose.ts';
import type { Jump } from './watch-jumps.ts';

type Words = Pick<MailContent, 'subject' | 'paragraphs'>;

const WORDS: Record<Language, (jump: Jump & { name: string }) => Words> = {
  en: ({ name, week, facet, seen, usual }) => ({
    subject: `Unusual number of reports: ${name}, week ${week}`,
    paragraphs: [
      `In the week ${week}, about ${seen} reports of the kind “${facet}” came in for ${name}. In the weeks before it were about ${usual}. That is more than five standard deviations away.`,
      'Somebody may be sending reports that no installation wrote, or something has changed in the suite. Reports cannot be traced, so single ones cannot be taken out.',
      'The tables of this week will be made six weeks after it. Until then there is time to find out.',
    ],
  }),
  de: ({ name, week, facet, seen, usual }) => ({
    subject: `Ungewöhnliche Zahl von Berichten: ${name}, Woche ${week}`,
    paragraphs: [
      `In der Woche ${week} kamen für ${name} etwa ${seen} Berichte der Art „${facet}“. In den Wochen davor waren es etwa ${usual}. Das ist mehr als fünf Standardabweichungen entfernt.`,
      'Vielleicht sendet jemand Berichte, die keine Installation geschrieben hat, oder in der Suite hat sich etwas geändert. Berichte lassen sich nicht zurückverfolgen, einzelne also auch nicht herausnehmen.',
      'Die Tabellen dieser Woche entstehen sechs Wochen danach. Bis dahin ist Zeit, es herauszufinden.',
    ],
  }),
};

export function alarmMail({ visits, suites }: AvowConfig, jump: Jump): MailContent {
  const language = visits.reportLanguage;
  const name = suites.find(({ id }) => id === jump.product)?.name ?? jump.product;
  return { language, ...WORDS[language]({ ...jump, name }) };
}

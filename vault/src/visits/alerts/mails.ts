/** An alert in words. Counts of small groups are not told, for a mail leaves the house. */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import type { MailContent } from '../../platform/mail/compose.ts';
import { longDate } from '../../platform/mail/long-date.ts';
import { countIn } from '../figure-words.ts';
import { localDay, localHour } from '../query/zone.ts';
import type { StoredAlert } from './queries.ts';
import type { AlertMetric, Reading } from './rule.ts';

/** An episode is over after so many hours in a row without a case. */
export const QUIET_HOURS = 3;

const METRIC: Record<Language, Record<AlertMetric, string>> = {
  en: { pageViews: 'page views', visits: 'visits', visitors: 'visitors' },
  de: { pageViews: 'Seitenaufrufe', visits: 'Besuche', visitors: 'Besucher' },
};

interface Told {
  what: string;
  where: string;
  metric: string;
  count: string;
  usual: string;
  day: string;
  clock: string;
  zone: string;
  percent: number;
  minimum: string;
  drop: boolean;
}

export function alertMail(config: AvowConfig, alert: StoredAlert, hour: number, reading: Reading): MailContent {
  const { timeZone, visits, sites } = config;
  const language = visits.reportLanguage;
  const tell = (count: number) => countIn(language, count, visits.suppressBelow);
  const drop = alert.direction === 'drop';
  const told: Told = {
    what: WORDS[language][alert.direction],
    where:
      alert.site === null ? WORDS[language].group : (sites.find(({ id }) => id === alert.site)?.name ?? alert.site),
    metric: METRIC[language][alert.metric],
    count: tell(reading.count),
    usual: tell(reading.usual ?? 0),
    day: longDate(localDay(hour, timeZone), language),
    clock: localHour(hour, timeZone).slice('yyyy-mm-ddT'.length, 'yyyy-mm-ddThh:mm'.length),
    zone: timeZone,
    percent: alert.percent,
    minimum: countIn(language, alert.minimum, 0),
    drop,
  };
  return { language, ...WORDS[language].mail(told) };
}

const WORDS: Record<
  Language,
  { spike: string; drop: string; group: string; mail(told: Told): Pick<MailContent, 'subject' | 'paragraphs'> }
> = {
  en: {
    spike: 'Spike',
    drop: 'Drop',
    group: 'all websites',
    mail: ({ what, where, metric, count, usual, day, clock, zone, percent, minimum, drop }) => ({
      subject: `${what}: ${where}, ${metric}: ${count}, usually ${usual}`,
      paragraphs: [
        `On ${day}, in the hour from ${clock} (${zone}), this many ${metric} were counted for ${where}: ${count}. At this hour of this weekday it is usually ${usual}, the median of the last four weeks.`,
        ...(drop
          ? [
              'Either fewer people came, or something is in the way: the website, the script in its pages, or the link between edge and vault.',
            ]
          : []),
        drop
          ? `This alert is for ${percent} % of the usual or less, where at least ${minimum} are usual.`
          : `This alert is for ${percent} % of the usual or more, from ${minimum} on.`,
        `As long as it goes on, no other mail comes. It counts as over after ${QUIET_HOURS} hours in a row in which it was not so.`,
      ],
    }),
  },
  de: {
    spike: 'Anstieg',
    drop: 'Rückgang',
    group: 'alle Websites',
    mail: ({ what, where, metric, count, usual, day, clock, zone, percent, minimum, drop }) => ({
      subject: `${what}: ${where}, ${metric}: ${count}, sonst ${usual}`,
      paragraphs: [
        `Am ${day}, in der Stunde ab ${clock} Uhr (${zone}), wurden für ${where} so viele ${metric} gezählt: ${count}. Zu dieser Stunde dieses Wochentags sind es sonst ${usual}, der Median der letzten vier Wochen.`,
        ...(drop
          ? [
              'Entweder kamen weniger Menschen, oder etwas steht im Weg: die Website, das Skript in ihren Seiten oder die Verbindung zwischen Edge und Vault.',
            ]
          : []),
        drop
          ? `Dieser Alarm gilt für höchstens ${percent} % des Üblichen, wo mindestens ${minimum} üblich sind.`
          : `Dieser Alarm gilt für mindestens ${percent} % des Üblichen, ab ${minimum}.`,
        `Solange es andauert, kommt keine weitere Mail. Es gilt als vorbei, wenn es ${QUIET_HOURS} Stunden hintereinander nicht so war.`,
      ],
    }),
  },
};

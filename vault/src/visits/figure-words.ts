/** Figures as people read them in mails. */
import type { Language } from '@avow/protocol/refusals';
import type { Figure } from '@avow/protocol/staff/visits';
import { METRICS, type MetricName, metricOf } from './query/metrics.ts';

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const WORDS = {
  en: { fewer: 'fewer than', hidden: 'not told', points: 'points' },
  de: { fewer: 'weniger als', hidden: 'ungenannt', points: 'Punkte' },
} as const;
const NONE = '–';

function number(language: Language, value: number, options: Intl.NumberFormatOptions = {}): string {
  return value.toLocaleString(LOCALES[language], { maximumFractionDigits: 1, ...options });
}

/** A count, unless it is of a group that is too small to be told. */
export function countIn(language: Language, count: number, suppressBelow: number): string {
  if (count > 0 && count < suppressBelow) return `${WORDS[language].fewer} ${suppressBelow}`;
  return number(language, count);
}

export function figureIn(language: Language, metric: MetricName, figure: Figure | undefined): string {
  if (figure?.suppressed) return WORDS[language].hidden;
  const value = figure?.value ?? null;
  if (value === null) return NONE;
  const { unit } = metricOf(metric);
  if (unit === 'share') return `${number(language, value * 100, { maximumFractionDigits: 0 })} %`;
  if (unit === 'seconds') return `${number(language, value, { maximumFractionDigits: 0 })} s`;
  return number(language, value);
}

/** From the second to the first: shares in points, everything else in percent. */
export function changeIn(
  language: Language,
  metric: MetricName,
  now: Figure | undefined,
  before: Figure | undefined,
): string {
  const [value, earlier] = [now?.value ?? null, before?.value ?? null];
  if (value === null || earlier === null) return NONE;
  const signed = { signDisplay: 'exceptZero', maximumFractionDigits: 0 } as const;
  if (METRICS[metric].unit === 'share')
    return `${number(language, (value - earlier) * 100, signed)} ${WORDS[language].points}`;
  return earlier === 0 ? NONE : `${number(language, (value / earlier - 1) * 100, signed)} %`;
}

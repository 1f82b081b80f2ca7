import type { Language } from '@avow/protocol/refusals';
import type { HonoRequest } from 'hono';

/** What `?lang=` asks for, as our own links do; else what the browser prefers. */
export function requestLanguage(request: Pick<HonoRequest, 'query' | 'header'>): Language {
  const asked = request.query('lang');
  return asked === 'en' || asked === 'de' ? asked : preferredLanguage(request.header('accept-language'));
}

/** The language of `Accept-Language` (RFC 9110 section 12.5.4) that we speak; English when it asks for neither. */
export function preferredLanguage(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'en', weight: 0 };
  for (const entry of (header ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = entry.trim().toLowerCase().split(';');
    const language = range.trim().split('-')[0];
    if (language !== 'en' && language !== 'de') continue;
    const q = parameters.map((parameter) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const weight = q === undefined ? 1 : Number(q);
    if (weight > best.weight) best = { language, weight };
  }
  return best.language;
}

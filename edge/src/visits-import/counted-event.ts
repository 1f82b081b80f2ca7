/** What another program has read from browsers and addresses is taken over by name, as far as the site's contract allows. */
import type { VisitField } from '@avow/config/visits';
import type { DeviceClass, VisitEvent } from '@avow/protocol/visits';
import type { CountedHit } from './rows.ts';

export interface Collected {
  fields: readonly VisitField[];
  geography: 'country' | 'none';
}

/** Umami's names, where they are not ours. */
const BROWSERS: Record<string, string> = {
  chrome: 'Chrome',
  crios: 'Chrome',
  'chromium-webview': 'Chrome',
  edge: 'Microsoft Edge',
  'edge-chromium': 'Microsoft Edge',
  'edge-ios': 'Microsoft Edge',
  firefox: 'Firefox',
  fxios: 'Firefox',
  ios: 'Safari',
  'ios-webview': 'Safari',
  opera: 'Opera',
  safari: 'Safari',
  samsung: 'Samsung Internet for Android',
  yandexbrowser: 'Yandex Browser',
};
const SYSTEMS: Record<string, string> = { 'Mac OS': 'macOS', 'Android OS': 'Android', 'Mac OS X': 'macOS' };
const DEVICES: Record<string, DeviceClass> = {
  desktop: 'desktop',
  laptop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
};

/** `event`: from the pipeline, which saw neither browser nor address. */
export function describeAsCounted(event: VisitEvent, hit: CountedHit, collected: Collected): VisitEvent {
  const described: VisitEvent = { ...event, bot: hit.bot };
  if (collected.fields.includes('device')) {
    const [browser, browserVersion] = nameAndVersion(hit.browser, BROWSERS);
    const [os, osVersion] = nameAndVersion(hit.os, SYSTEMS);
    Object.assign(described, {
      browser,
      browserVersion,
      os,
      osVersion,
      device: Object.hasOwn(DEVICES, hit.device) ? (DEVICES[hit.device] ?? 'other') : 'other',
    });
  }
  if (collected.fields.includes('language'))
    described.language = /^[a-z]{2,3}/i.exec(hit.language)?.[0].toLowerCase() ?? '';
  if (collected.geography === 'country') described.country = /^[A-Z]{2}$/.test(hit.country) ? hit.country : '';
  return described;
}

/** `Windows 10` -> `Windows`, `10`. */
function nameAndVersion(text: string, names: Record<string, string>): [string, string] {
  const [, name = '', version = ''] = /^(.*?)(?: (\d{1,6})[\d._]*)?$/.exec(text.slice(0, 60).toWellFormed()) ?? [];
  return [Object.hasOwn(names, name) ? (names[name] ?? '') : name, version];
}

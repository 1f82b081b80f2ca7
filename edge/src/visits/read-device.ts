/** Steps `read device` and `read language`. */
import type { DeviceClass } from '@avow/protocol/visits';
import Bowser from 'bowser';
import { createMemo } from '../platform/memo.ts';
import { header, known, type Step } from './event.ts';

export interface Device {
  device: DeviceClass;
  browser: string;
  browserVersion: string;
  os: string;
  osVersion: string;
}

/** Longer ones are hostile, and regular expressions are patient. */
export const MAX_USER_AGENT = 512;
const MAX_KNOWN_USER_AGENTS = 2048;
/** Bowser gives these no class. */
const DESKTOPS = /^(Chrome OS|FreeBSD|OpenBSD|NetBSD)$/;
const CLASSES: Record<string, DeviceClass> = { desktop: 'desktop', mobile: 'mobile', tablet: 'tablet' };

/** `146.0.7103.92` -> `146`; `10.15.7` -> `10.15` */
function version(text: string | undefined, parts: number): string {
  return /^\d/.test(text ?? '') ? (text ?? '').split('.').slice(0, parts).join('.').slice(0, 12) : '';
}

function osVersion(os: { name?: string; version?: string; versionName?: string }): string {
  // Bowser gives Windows the number that its users know.
  if (os.name === 'Windows') return os.versionName ?? '';
  return version(os.version, os.name === 'Android' ? 1 : 2);
}

/** What a user agent says of itself. */
export function deviceOf(userAgent: string): Device {
  // Bowser throws on an empty one.
  const { browser, os, platform } = Bowser.parse(userAgent || '-');
  return {
    device: CLASSES[platform.type ?? ''] ?? (DESKTOPS.test(os.name ?? '') ? 'desktop' : 'other'),
    browser: (browser.name ?? '').slice(0, 40),
    browserVersion: version(browser.version, 1),
    os: (os.name ?? '').slice(0, 40),
    osVersion: osVersion(os),
  };
}

export function readDevice(): Step {
  const devices = createMemo(MAX_KNOWN_USER_AGENTS, deviceOf);
  return (event) => {
    if (!known(event.site).collects('device')) return event;
    Object.assign(event.draft, devices(header(event, 'user-agent').slice(0, MAX_USER_AGENT)));
    return event;
  };
}

/** The primary subtag of the first language asked for (RFC 9110 section 12.5.4, RFC 5646 section 2.2.1). */
export const readLanguage: Step = (event) => {
  if (!known(event.site).collects('language')) return event;
  event.draft.language = /^\s*([a-z]{2,3})\b/i.exec(header(event, 'accept-language'))?.[1]?.toLowerCase() ?? '';
  return event;
};

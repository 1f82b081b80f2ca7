/** What a user agent alone says of whether a person's browser wrote it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isbotMatches } from 'isbot';
import type { Sign } from './label-bots.ts';

export interface UserAgentSigns {
  signs: Sign[];
  /** New enough to send fetch metadata. */
  isModern: boolean;
}

const robotNames: string[] = JSON.parse(readFileSync(join(import.meta.dirname, 'data/ai-robots.json'), 'utf8'));
/** Tools that put nothing but their name behind a browser's user agent. */
const TOOLS = ['GTmetrix'];
const escaped = [...robotNames, ...TOOLS].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const AI_ROBOT = new RegExp(`(?:^|[^\\w-])(?:${escaped.join('|')})(?![\\w-])`, 'i');

/** A web or mail address: browsers have no reason to tell whom to complain to. */
const OPERATOR = /https?:\/\/|\bwww\.|[\w.+-]+@[\w-]+\.[a-z]{2,}/i;
const BROWSER = /^(Mozilla\/[45]\.0 \(|Opera\/\d)/;
const ENGINE = /AppleWebKit\/|Gecko\/|Trident\/|MSIE |Presto\/|KHTML\/|Goanna\//;
const HEADLESS = /Headless|PhantomJS|Puppeteer|Playwright|Selenium|Cypress/i;
/** A browser's copied user agent with a word at its end; a desktop's own browser would tell a version there. */
const SIGNED = /\((?:Windows NT|Macintosh|X11)[^)]*\).* Safari\/[\d.]+ [A-Za-z-]+$/;
/** Where a comment names no device's model: a word of the list in it is no accident. */
const DESKTOP = /^Mozilla\/[45]\.0 \([^)]*(?:Windows NT|Macintosh|X11)/;
/** `Name/1.2`, alone or in a comment. */
const PRODUCT = /[^\s();,]+/g;

/** Whether a word of the list stands in a product's name of its own, not in a device's model. */
function namesItself(userAgent: string, words: readonly string[]): boolean {
  if (words.length === 0) return false;
  if (DESKTOP.test(userAgent)) return true;
  const products = userAgent.match(PRODUCT)?.filter((token) => token.includes('/')) ?? [];
  const last = /[^\s();,]+\)?$/.exec(userAgent)?.[0] ?? '';
  return [...products, last].some((token) =>
    words.some((word) => token.toLowerCase().includes(word.trim().toLowerCase())),
  );
}

function major(userAgent: string, product: RegExp): number {
  return Number(product.exec(userAgent)?.[1] ?? 0);
}

export function readUserAgentSigns(userAgent: string): UserAgentSigns {
  if (userAgent.trim() === '') return { signs: ['no user agent'], isModern: false };
  const signs: Sign[] = [];
  const words = isbotMatches(userAgent).filter((word) => word.trim() !== '');
  if (words.length > 0) signs.push('word list');
  if (AI_ROBOT.test(userAgent)) signs.push('robot list');
  const signed = SIGNED.test(userAgent);
  if (signed || namesItself(userAgent, words)) signs.push('names itself');
  if (OPERATOR.test(userAgent)) signs.push('names its operator');
  if (!BROWSER.test(userAgent) || !(ENGINE.test(userAgent) || userAgent.startsWith('Opera/'))) {
    signs.push('not a browser');
  }
  if (HEADLESS.test(userAgent)) signs.push('headless');
  const isModern =
    major(userAgent, /Chrome\/(\d+)/) >= 80 ||
    major(userAgent, /Firefox\/(\d+)/) >= 90 ||
    (major(userAgent, /Version\/(\d+)\S* .*Safari\//) >= 17 && !userAgent.includes('Chrome'));
  return { signs, isModern };
}

/** Browsers and devices by share, with the headers that each really sends. */
import type { Random } from './random.ts';

export interface Browser {
  headers(at: number): Record<string, string>;
}

/** Majors of the version that was current on a day: browsers renew themselves every few weeks. */
const EPOCH = Date.UTC(2026, 0, 13);
const FOUR_WEEKS_MS = 28 * 86_400_000;
const chrome = (at: number): number => 144 + Math.floor((at - EPOCH) / FOUR_WEEKS_MS);
const firefox = (at: number): number => 147 + Math.floor((at - EPOCH) / FOUR_WEEKS_MS);
const safari = (at: number): string => (at > Date.UTC(2026, 8, 15) ? '27.0' : '26.2');

const WINDOWS = 'Windows NT 10.0; Win64; x64';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const LINUX = 'X11; Linux x86_64';
const ANDROID = 'Linux; Android 10; K';

function chromium(system: string, platform: string, { mobile = '', brand = '' } = {}): Browser {
  return {
    headers(at) {
      const version = chrome(at);
      const name = brand === '' ? '"Google Chrome"' : '"Microsoft Edge"';
      return {
        'user-agent': `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0${mobile} Safari/537.36${brand === '' ? '' : ` ${brand}/${version}.0.0.0`}`,
        'sec-ch-ua': `"Chromium";v="${version}", ${name};v="${version}", "Not.A/Brand";v="24"`,
        'sec-ch-ua-platform': `"${platform}"`,
      };
    },
  };
}

const plain = (userAgent: (at: number) => string): Browser => ({ headers: (at) => ({ 'user-agent': userAgent(at) }) });
const gecko = (system: string): Browser =>
  plain((at) => `Mozilla/5.0 (${system}; rv:${firefox(at)}.0) Gecko/20100101 Firefox/${firefox(at)}.0`);
const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const iphone = plain(
  (at) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${APPLE} Version/${safari(at)} Mobile/15E148 Safari/604.1`,
);
const ipad = plain(
  (at) => `Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) ${APPLE} Version/${safari(at)} Mobile/15E148 Safari/604.1`,
);

const DESKTOP: readonly (readonly [Browser, number])[] = [
  [chromium(WINDOWS, 'Windows'), 46],
  [chromium(WINDOWS, 'Windows', { brand: 'Edg' }), 15],
  [gecko(WINDOWS), 11],
  [chromium(MAC, 'macOS'), 9],
  [plain((at) => `Mozilla/5.0 (${MAC}) ${APPLE} Version/${safari(at)} Safari/605.1.15`), 11],
  [gecko(LINUX), 4],
  [chromium(LINUX, 'Linux'), 4],
];
const MOBILE: readonly (readonly [Browser, number])[] = [
  [chromium(ANDROID, 'Android', { mobile: ' Mobile' }), 46],
  [iphone, 42],
  [ipad, 5],
  [gecko('Android 16; Mobile'), 3],
  [chromium(ANDROID, 'Android'), 4],
];

export function chooseBrowser(random: Random, mobileShare: number): Browser {
  return random.weighted(random.chance(mobileShare) ? MOBILE : DESKTOP);
}

/** Programs that call themselves what they are, and some that do not; `origin` where they run scripts like a browser. */
export const ROBOTS: readonly (readonly [userAgent: string, share: number])[] = [
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 30],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 14],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)', 16],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)', 9],
  ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 12],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36', 12],
  ['python-requests/2.32.3', 7],
];

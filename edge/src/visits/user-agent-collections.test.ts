/**
 * W5: figures are about people. Robots, systems and devices, measured on collections that others have made: robots that were seen
 * (crawler-user-agents), and browsers of real visitors with what their scripts said of the machine (user-agents). By user agent
 * alone, without the headers that tell more of a robot.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SIGNS } from './label-bots.ts';
import { deviceOf } from './read-device.ts';
import { readUserAgentSigns } from './user-agent-signs.ts';

interface Crawler {
  instances: string[];
}
interface Browser {
  userAgent: string;
  /** `navigator.platform` */
  platform: string;
  deviceCategory: string;
}

function read<Row>(entry: string, file: string): Row[] {
  return JSON.parse(readFileSync(new URL(file, entry), 'utf8'));
}

const crawlers = read<Crawler>(import.meta.resolve('crawler-user-agents'), 'crawler-user-agents.json');
const robots = [...new Set(crawlers.flatMap(({ instances }) => instances))];
const visits = read<Browser>(import.meta.resolve('user-agents'), 'user-agents.json');
const browsers = [...new Map(visits.map((browser) => [browser.userAgent, browser])).values()];

const isLabelled = (userAgent: string) =>
  readUserAgentSigns(userAgent).signs.reduce((weight, sign) => weight + SIGNS[sign], 0) >= 2;

/** What the platform allows the system to be, by the words of user agents and by the names we give. */
const SYSTEMS: { platform: RegExp; words: RegExp; names: string[] }[] = [
  { platform: /^Win/, words: /Windows NT/, names: ['Windows'] },
  { platform: /^MacIntel$/, words: /Macintosh/, names: ['macOS'] },
  { platform: /^(iPhone|iPad)$/, words: /iPhone|iPad/, names: ['iOS'] },
  { platform: /^Linux/, words: /X11|Android/, names: ['Android', 'Linux', 'Chrome OS'] },
];
const systemOf = ({ platform }: Browser) => SYSTEMS.find((system) => system.platform.test(platform));
/** Emulated devices say one system in the user agent and another in the scripts: nobody knows which is right. */
const truthful = browsers.filter((browser) => systemOf(browser)?.words.test(browser.userAgent));

/** Percent. */
const share = (part: number, of: number) => (100 * part) / of;

describe('user agents that others have collected', () => {
  test(`are enough to tell: ${robots.length} robots, ${browsers.length} browsers of ${visits.length} visits`, () => {
    expect(robots.length).toBeGreaterThan(1_500);
    expect(browsers.length).toBeGreaterThan(500);
    expect(share(truthful.length, browsers.length)).toBeGreaterThan(75);
  });

  test('of robots are labelled: at least 99 %', () => {
    const missed = robots.filter((userAgent) => !isLabelled(userAgent));
    expect(100 - share(missed.length, robots.length), missed.join('\n')).toBeGreaterThanOrEqual(99);
  });

  test('of browsers are not: at most 0.1 %, of different ones and of visits', () => {
    const mislabelled = browsers.filter(({ userAgent }) => isLabelled(userAgent));
    const said = mislabelled.map(({ userAgent }) => userAgent).join('\n');
    expect(share(mislabelled.length, browsers.length), said).toBeLessThanOrEqual(0.1);
    const ofVisits = visits.filter(({ userAgent }) => isLabelled(userAgent));
    expect(share(ofVisits.length, visits.length), said).toBeLessThanOrEqual(0.1);
  });

  test('tell the operating system: at least 97 % as the platform has it', () => {
    const wrong = truthful.filter((browser) => !systemOf(browser)?.names.includes(deviceOf(browser.userAgent).os));
    const said = wrong.map(({ platform, userAgent }) => `${platform}: ${userAgent}`).join('\n');
    expect(100 - share(wrong.length, truthful.length), said).toBeGreaterThanOrEqual(97);
  });

  test('tell the class of the device: at least 95 %', () => {
    const wrong = browsers.filter(({ userAgent, deviceCategory }) => deviceOf(userAgent).device !== deviceCategory);
    const said = wrong.map(({ deviceCategory, userAgent }) => `${deviceCategory}: ${userAgent}`).join('\n');
    expect(100 - share(wrong.length, browsers.length), said).toBeGreaterThanOrEqual(95);
  });
});

import { describe, expect, test } from 'vitest';
import { deviceOf } from './read-device.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IOS = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('a device', () => {
  test.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/146.0.0.0 Safari/537.36`,
      'desktop Chrome 146 Windows 10',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0`,
      'desktop Microsoft Edge 146 Windows 10',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/145.0.0.0 Safari/537.36 OPR/129.0.0.0`,
      'desktop Opera 129 Windows 10',
    ],
    ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'desktop Internet Explorer 11 Windows 7'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0',
      'desktop Firefox 148 Windows 10',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'desktop Firefox 140 Linux '],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/144.0.0.0 Safari/537.36`,
      'desktop Chrome 144 Chrome OS ',
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${IOS} Version/26.1 Safari/605.1.15`,
      'desktop Safari 26 macOS 10.15',
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${IOS} Version/18.6 Mobile/15E148 Safari/604.1`,
      'mobile Safari 18 iOS 18.6',
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${IOS} CriOS/146.0.7103.56 Mobile/15E148 Safari/604.1`,
      'mobile Chrome 146 iOS 18.5',
    ],
    [
      `Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) ${IOS} Version/17.7 Mobile/15E148 Safari/604.1`,
      'tablet Safari 17 iOS 17.7',
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/146.0.0.0 Mobile Safari/537.36`,
      'mobile Chrome 146 Android 10',
    ],
    [
      `Mozilla/5.0 (Linux; Android 13; SM-X200) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`,
      'tablet Chrome 140 Android 13',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-S911B) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      'mobile Samsung Internet for Android 28 Android 14',
    ],
    ['Mozilla/5.0 (Android 15; Mobile; rv:147.0) Gecko/147.0 Firefox/147.0', 'mobile Firefox 147 Android 15'],
    ['curl/8.9.1', 'other    '],
    ['', 'other    '],
    ['\u0000\uffff()[]{}*+?', 'other    '],
  ])('%s', (userAgent, expected) => {
    const { device, browser, browserVersion, os, osVersion } = deviceOf(userAgent);
    expect(`${device} ${browser} ${browserVersion} ${os} ${osVersion}`).toBe(expected);
  });

  test('is found in time, however long and strange the user agent', () => {
    const began = process.cpuUsage();
    for (const part of ['Chrome/', '(((((', 'Version/1 ', ';;;;; ', 'Android '])
      deviceOf(part.repeat(100).slice(0, 512));
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(500);
  });
});

import { describe, expect, test } from 'vitest';
import { parseAccessLogLine } from './access-log-line.ts';
import { combined } from './test-files.ts';

describe('a line of an access log', () => {
  test('is read in the combined format, with its zone', () => {
    const line = combined({ referrer: 'https://example.org/a', request: 'GET /p?q=1 HTTP/2.0' });
    expect(parseAccessLogLine(line)).toEqual({
      address: '203.0.113.7',
      at: Date.UTC(2026, 9, 10, 11, 55, 36),
      method: 'GET',
      target: '/p?q=1',
      status: 200,
      referrer: 'https://example.org/a',
      userAgent: expect.stringContaining('Firefox/140.0'),
    });
  });

  test('is read in the common format, which has neither referrer nor browser', () => {
    const line = '2001:db8::1 - frank [01/Jan/2026:00:00:00 -0730] "GET /a b HTTP/1.0" 304 -';
    expect(parseAccessLogLine(line)).toMatchObject({
      address: '2001:db8::1',
      at: Date.UTC(2026, 0, 1, 7, 30),
      target: '/a b',
      referrer: '',
      userAgent: null,
    });
  });

  test('may name a user with spaces, and may carry more at its end', () => {
    const line = `${combined().replace('- - [', '- Jane Doe [')} "-" rt=0.003`;
    expect(parseAccessLogLine(line)).toMatchObject({ target: '/', status: 200 });
  });

  test('has its escapes undone', () => {
    const line = combined({
      request: String.raw`GET /gr\xC3\xBC\xC3\x9Fe?\"\\ HTTP/1.1`,
      userAgent: String.raw`a \"b\"`,
    });
    expect(parseAccessLogLine(line)).toMatchObject({ target: '/grüße?"\\', userAgent: 'a "b"' });
  });

  test.each([
    ['', 'not this format'],
    ['hello', 'not this format'],
    [combined({ address: 'example.org' }), 'bad address'],
    [combined({ address: '999.1.1.1' }), 'bad address'],
    [combined({ time: '31/Feb/2026:00:00:00 +0000' }), 'bad date'],
    [combined({ time: '10/Oct/2026:25:00:00 +0000' }), 'bad date'],
    [combined({ time: '2026-10-10T00:00:00Z' }), 'bad date'],
    [combined({ status: 999 }), 'bad status'],
    [combined().slice(0, -1), 'not this format'],
    [combined().slice(0, 60), 'not this format'],
  ])('%s is refused: %s', (line, why) => {
    expect(parseAccessLogLine(line)).toBe(why);
  });

  test.each([
    ['brackets', `1.2.3.4 - ${' ['.repeat(30_000)}`],
    ['quotes', `1.2.3.4 - - [10/Oct/2026:13:55:36 +0200] ${'"'.repeat(60_000)}`],
    ['backslashes', `1.2.3.4 - - [10/Oct/2026:13:55:36 +0200] "${'\\'.repeat(60_000)}`],
    ['spaces', `1.2.3.4${' '.repeat(60_000)}`],
  ])('made of %s takes no time', (_what, line) => {
    const began = process.cpuUsage();
    expect(typeof parseAccessLogLine(line)).toBe('string');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendToLog, type LogEvent, readLog, splitLines } from './sent-log.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'avow-log-'));
  file = join(folder, 'sent.jsonl');
  writeFileSync(file, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = new Date('2026-11-17T03:04:05.678Z');
const leaving = (body: string): LogEvent => ({ event: 'leaving', week: '2026-W46', body });

describe('the log of what left', () => {
  test('numbers its lines and chains them', () => {
    expect(appendToLog(file, leaving('{"a":"ä"}'), now)).toBe(1);
    expect(appendToLog(file, { event: 'accepted', of: 1 }, now)).toBe(2);
    const reading = readLog(file);
    expect(reading).toMatchObject({ intact: true, brokenAt: null, unreadable: [] });
    expect(reading.entries[0]).toMatchObject({ n: 1, at: '2026-11-17T03:04:05Z', body: '{"a":"ä"}', previous: '' });
  });

  test('tells the first line that was changed, removed, moved or inserted', () => {
    for (let n = 0; n < 5; n++) appendToLog(file, leaving(String(n)), now);
    const { lines } = splitLines(readFileSync(file));
    const write = (order: (number | string)[]) =>
      writeFileSync(file, order.map((at) => `${typeof at === 'number' ? lines[at] : at}\n`).join(''));
    write([0, 1, String(lines[2]).replace('"body":"2"', '"body":"9"'), 3, 4]);
    expect(readLog(file)).toMatchObject({ intact: false, brokenAt: 4 });
    write([0, 2, 3, 4]);
    expect(readLog(file)).toMatchObject({ intact: false, brokenAt: 2 });
    write([0, 2, 1, 3, 4]);
    expect(readLog(file)).toMatchObject({ intact: false, brokenAt: 2 });
    write([0, 1, '{"n":9,"event":"leaving"}', 2, 3, 4]);
    expect(readLog(file)).toMatchObject({ intact: false, brokenAt: 3 });
    write([0, 1, 2, 3, 4]);
    expect(readLog(file)).toMatchObject({ intact: true });
  });

  test('goes on after a torn line at every length, which stays and is told', () => {
    appendToLog(file, leaving('first'), now);
    const one = readFileSync(file);
    appendToLog(file, leaving('second'), now);
    const two = readFileSync(file);
    for (let length = one.length + 1; length < two.length; length++) {
      writeFileSync(file, two);
      truncateSync(file, length);
      const n = appendToLog(file, leaving('third'), now);
      const reading = readLog(file);
      expect(reading.intact).toBe(true);
      expect(reading.entries.at(-1)).toMatchObject({ n, body: 'third' });
      // Only the line break was missing: nothing is lost.
      expect(reading.unreadable).toEqual(length === two.length - 1 ? [] : [2]);
      expect(n).toBe(3);
    }
  });

  test('is not made anew by a report that was on its way when the person deleted it', () => {
    rmSync(file);
    expect(() => appendToLog(file, leaving('late'), now)).toThrow('ENOENT');
    expect(existsSync(file)).toBe(false);
    expect(readLog(file)).toMatchObject({ entries: [], intact: true });
  });

  test('survives bytes that are no text', () => {
    appendToLog(file, leaving('first'), now);
    appendFileSync(file, Buffer.from([0xff, 0xfe, 0x0a, 0x0a]));
    appendToLog(file, leaving('second'), now);
    expect(readLog(file)).toMatchObject({ intact: true, unreadable: [2, 3] });
  });
});

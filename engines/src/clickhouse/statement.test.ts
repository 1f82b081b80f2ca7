import { describe, expect, test } from 'vitest';
import { readStatement } from './statement.ts';

describe('the lane of a statement', () => {
  test.each([
    ['SELECT 1', 'read'],
    ['/* visits.topPages */ -- by day\n  select page FROM visits', 'read'],
    ['(SELECT 1) UNION ALL (SELECT 2)', 'read'],
    ['WITH a AS (SELECT 1) SELECT * FROM a', 'read'],
    ['SHOW TABLES', 'read'],
    ["SELECT 'INSERT INTO t SELECT'", 'read'],
    ['INSERT INTO t FORMAT JSONEachRow\n{"text":"SELECT"}', 'write'],
    ['INSERT INTO t (format, a) VALUES (1, (SELECT 2))', 'write'],
    ['INSERT INTO `select` FORMAT CSV\n1;2', 'write'],
    ['CREATE TABLE t (a Int8) ENGINE = Memory', 'write'],
    ['INSERT INTO t SELECT * FROM u', 'rebuild'],
    ['ALTER TABLE t REPLACE PARTITION 1 FROM u', 'rebuild'],
    ['OPTIMIZE TABLE t', 'rebuild'],
  ])('%s is for the lane %s', (_sql, lane) => {
    expect(readStatement(_sql).lane).toBe(lane);
  });
});

describe('more than one statement', () => {
  test.each(['SELECT 1; SELECT 2', 'SELECT 1;\n-- a\nDROP TABLE t', "SELECT ';'; SELECT 1"])('%s is refused', (sql) => {
    expect(() => readStatement(sql)).toThrow('Multi-statements are not allowed');
  });

  test.each([
    "SELECT ';'",
    'SELECT 1;',
    'SELECT 1; -- the end;',
    'SELECT $a$ ; $a$',
    'INSERT INTO t FORMAT CSV\n1;2',
    'SELECT `a;b` FROM t',
  ])('%s is one', (sql) => {
    expect(() => readStatement(sql)).not.toThrow();
  });
});

test('parameters are found where the engine finds them, not in text or in data', () => {
  const sql = `SELECT {a:String}, '{b:String}', { c : Array(UInt8)}, {'x': 1} -- {d:Int8}`;
  expect([...readStatement(sql).parameters]).toEqual(['a', 'c']);
  expect(readStatement('INSERT INTO t FORMAT JSONEachRow\n{a:1}').parameters.size).toBe(0);
});

test('the format at the end is found', () => {
  expect(readStatement('SELECT 1\nFORMAT JSON').format).toBe('JSON');
  expect(readStatement('SELECT format FROM t').format).toBeNull();
});

test('files of the host are out of reach', () => {
  expect(() => readStatement(`SELECT 1 INTO /* a */ OUTFILE 'x'`)).toThrow(/Files of the host/);
  expect(() => readStatement(`INSERT INTO t FROM INFILE 'x' FORMAT CSV`)).toThrow(/Files of the host/);
  expect(readStatement(`SELECT 'INTO OUTFILE'`).lane).toBe('read');
});

test('what changes the session does not outlast the request', () => {
  for (const sql of ['SET max_threads = 1', 'USE other', 'CREATE TEMPORARY TABLE t (a Int8)']) {
    expect(readStatement(sql).forThisRequestOnly).toBe(true);
  }
  expect(readStatement('CREATE TABLE t (a Int8)').forThisRequestOnly).toBe(false);
});

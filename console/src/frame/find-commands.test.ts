import { expect, test } from 'vitest';
import { findCommands } from './find-commands.ts';

const commands = ['Visits', 'API tokens', 'Audit log', 'Übersicht', 'Sign out'].map((label) => ({ label, words: '' }));
const light = { label: 'Light colours', words: 'theme bright helle Farben' };
const found = (typed: string) => findCommands([...commands, light], typed).map(({ label }) => label);

test('nothing typed finds everything, in its order', () => {
  expect(found(' ')).toEqual([...commands.map(({ label }) => label), 'Light colours']);
});

test('beginnings come before middles, and those before other words', () => {
  expect(found('t')).toEqual(['API tokens', 'Visits', 'Audit log', 'Übersicht', 'Sign out', 'Light colours']);
});

test.each([
  ['tok api', ['API tokens']],
  ['UBER', ['Übersicht']],
  ['helle', ['Light colours']],
  ['visits tokens', []],
])('%s', (typed, expected) => {
  expect(found(typed)).toEqual(expected);
});

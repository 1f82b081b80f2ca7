import { expect, test } from 'vitest';
import { createEventMemory } from './event-memory.ts';

test('an event is known from the moment it is stored, and until as many again have come', () => {
  const memory = createEventMemory(3);
  for (const id of ['1', '2', '3', '4', '5']) {
    expect(memory.isStored(id)).toBe(false);
    memory.stored(id);
    expect(memory.isStored(id)).toBe(true);
  }
  expect(['1', '2', '3', '4', '5'].filter(memory.isStored)).toHaveLength(5);
  memory.stored('6');
  expect(['1', '2', '3'].filter(memory.isStored)).toEqual([]);
  expect(['4', '5', '6'].filter(memory.isStored)).toHaveLength(3);
});

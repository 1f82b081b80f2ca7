import type { FormTexts } from './forms-en.ts';

export const formsDe: FormTexts = {
  sealing: 'Wird versiegelt und gesendet.',
  waiting: 'Gesendet. Der private Server ist an der Reihe.',
};

import type { SumProgram } from '@avow/protocol/staff/visits';

export type { SumProgram };

/** Programs whose sums can be brought in, by the name that the command takes. */
export const SUM_PROGRAMS: Readonly<Record<SumProgram, string>> = {
  plausible: 'Plausible',
  ga4: 'Google Analytics 4',
};

export function isProgram(name: string): name is SumProgram {
  return Object.hasOwn(SUM_PROGRAMS, name);
}

/** Programs whose sums can be brought in, by the name that the command takes. */
export const SUM_PROGRAMS = { plausible: 'Plausible', ga4: 'Google Analytics 4' } as const;
export type SumProgram = keyof typeof SUM_PROGRAMS;

export function isProgram(name: string): name is SumProgram {
  return Object.hasOwn(SUM_PROGRAMS, name);
}

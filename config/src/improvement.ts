/** What the Improvement Programme may ask, and why. Signed with the root key before it counts (`avow improvement config`). */
import { z } from 'zod';

const perLanguage = z.strictObject({ en: z.string().min(1), de: z.string().min(1) });
const majors = z.array(z.string().regex(/^[1-9]\d{0,3}$/));

export const improvement = z.strictObject({
  /** Each facet of a report has to be needed by a chart; the reason is shown to the participants. */
  charts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        facet: z.enum(['base', 'age', 'apps', 'starts']),
        title: perLanguage,
        /** What is decided by it. */
        why: perLanguage,
      }),
    )
    .min(1),
  /** Major versions of operating systems that are told; any other is "other". */
  osVersions: z.strictObject({ windows: majors, macos: majors, linux: majors }),
  /** Countries (ISO 3166 alpha-2) with so many participants that they can be named; others are told as their part of the world. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** Of each installation in a week; fewer real ones are filled up, so that the number says nothing. */
  messages: z.number().int().min(3).max(1_000).default(16),
  /** After the end of a week, so many hours are there for them to leave at random times. */
  windowHours: z.number().int().min(24).max(168).default(96),
  /** What could not be sent is dropped after so many weeks. */
  keepWeeks: z.number().int().min(1).max(4).default(4),
  thresholds: z
    .strictObject({
      public: z.number().int().min(50).default(50),
      operator: z.number().int().min(10).default(20),
      epsilon: z.number().min(0.01).max(2).default(1),
    })
    .prefault({}),
  /** Addresses of staff to whom a sudden jump in the number of reports is mailed. None by default. */
  alarmTo: z.array(z.email()).max(50).default([]),
});

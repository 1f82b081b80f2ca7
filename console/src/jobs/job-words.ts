/** What of a job is said the same way in the list and on its own page. */
import type { Job, JobState } from '@avow/protocol/staff/jobs';
import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

type Words = Translated<typeof en>;

export const UNFINISHED: ReadonlySet<JobState> = new Set(['waiting', 'running', 'cancelling']);
/** How often a job that moves is looked at, in milliseconds. */
export const LOOK_EVERY_MS = 1_000;

export function jobName(say: Words, { kind, about }: Job): string {
  const title = typeof about.title === 'string' ? about.title : '';
  const dry = about.dryRun === true ? ` (${say.dryRun})` : '';
  return `${say.kinds[kind]}: ${title}${dry}`;
}

export function askedBy(say: Words, { askedBy: { name, you } }: Job): string {
  return you ? say.you : (name ?? say.nobody);
}

export function colourOf(state: JobState): string {
  if (state === 'done') return 'var(--avow-good)';
  if (state === 'failed') return 'var(--avow-bad)';
  return state === 'paused' ? 'var(--avow-warning)' : 'inherit';
}

/** Turns what a route's schema objects to into refusals by field path, each with a code of the closed list. */
import { REFUSALS, type Refusal, type RefusalCode } from '@avow/protocol/refusals';
import type { z } from 'zod';

const MAX_REPORTED = 40;
const MAX_PATH_LENGTH = 80;

function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(REFUSALS, text);
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}

function codeOf(issue: z.core.$ZodIssue, body: unknown): RefusalCode {
  // A schema may name the code itself: z.string().regex(…, 'postal_code_malformed').
  if (isRefusalCode(issue.message)) return issue.message;
  const value = valueAt(body, issue.path);
  if (value === undefined || value === '') return 'field_required';
  if (issue.code === 'too_big') return 'field_too_long';
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'email_malformed';
  return 'field_malformed';
}

/** `body` is what was parsed. Objections to the body as a whole are `malformed`. */
export function fieldRefusals(error: z.ZodError, body: unknown): Refusal {
  const fields: [path: string, code: RefusalCode][] = [];
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) fields.push([[...issue.path, key].map(String).join('.'), 'field_unknown']);
    } else if (issue.path.length === 0) {
      return { refused: 'malformed' };
    } else {
      fields.push([issue.path.map(String).join('.'), codeOf(issue, body)]);
    }
  }
  // The first objection to a field is the one that helps; names are the sender's own and may be as long as the request.
  const first = new Map<string, RefusalCode>();
  for (const [path, code] of fields.slice(0, MAX_REPORTED)) {
    const name = path.slice(0, MAX_PATH_LENGTH);
    if (!first.has(name)) first.set(name, code);
  }
  return { refused: 'invalid_fields', fields: Object.fromEntries(first) };
}

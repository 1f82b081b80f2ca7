/** The shape of `POST /link`, checked: a signature says who wrote it, not that it is well made. */
import { LANES, MAX_LINK_ITEMS, MAX_LINK_WAIT_SECONDS, PUBLIC_DOCUMENTS } from '@avow/protocol/link';
import { z } from 'zod';
import type { Answer } from '../spool/spool.ts';

const keySet = z.strictObject({
  version: z.number().int().positive(),
  previous: z.string(),
  created: z.iso.date(),
  active: z.string(),
  retired: z.array(z.string()).max(16),
  signature: z.string(),
});

const answer = z
  .strictObject({
    id: z.uuid(),
    body: z.base64().min(1).optional(),
    refused: z.enum(['malformed', 'key_unknown', 'not_decryptable']).optional(),
  })
  .refine(({ body, refused }) => body === undefined || refused === undefined);

/** What stands in it is checked where it is kept. */
const document = z.strictObject({
  name: z.enum(PUBLIC_DOCUMENTS),
  revision: z.number().int().positive(),
  content: z.unknown(),
});

const linkRequest = z.strictObject({
  answers: z.array(answer).max(16 * MAX_LINK_ITEMS),
  keySet: keySet.optional(),
  document: document.optional(),
  want: z.number().int().min(0).max(MAX_LINK_ITEMS),
  lanes: z.array(z.enum(LANES)).max(LANES.length).optional(),
  waitSeconds: z.number().min(0).max(MAX_LINK_WAIT_SECONDS),
});

export interface ReadLinkRequest extends Omit<z.output<typeof linkRequest>, 'answers'> {
  /** `answer` null: only an acknowledgement. */
  answers: { id: string; answer: Answer | null }[];
}

/** Null if the text is no LinkRequest. */
export function readLinkRequest(text: string): ReadLinkRequest | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = linkRequest.safeParse(json);
  if (!parsed.success) return null;
  const answers = parsed.data.answers.map(({ id, body, refused }) => {
    if (body !== undefined) return { id, answer: { body: Buffer.from(body, 'base64') } };
    return { id, answer: refused === undefined ? null : { refused } };
  });
  return { ...parsed.data, answers };
}

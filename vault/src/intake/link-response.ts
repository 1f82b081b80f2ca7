/** What an edge may answer to `POST /link`. The edge counts as hostile: anything of another shape or size is not looked at. */
import { type Lane, type LinkResponse, MAX_LINK_BYTES, MAX_LINK_ITEMS, PUBLIC_DOCUMENTS } from '@avow/protocol/link';
import { MAX_ENCAPSULATED_REQUEST, REPORT_REQUEST_BYTES } from '@avow/protocol/padding';
import { MAX_VISIT_BATCH_BYTES } from '@avow/protocol/visits';
import { z } from 'zod';

export class LinkFailed extends Error {}

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** Each lane has its own size limit: what is right for a batch of visits would be an attack as a request. */
const itemOf = <L extends Lane>(lane: L, maxBytes: number) =>
  z.strictObject({
    id: z.guid(),
    lane: z.literal(lane),
    body: z
      .string()
      .max(base64Length(maxBytes))
      .regex(/^[A-Za-z0-9+/]*={0,2}$/),
    awaited: z.boolean(),
  });

const item = z.discriminatedUnion('lane', [
  itemOf('prompt', MAX_ENCAPSULATED_REQUEST),
  itemOf('visits', MAX_VISIT_BATCH_BYTES),
  itemOf('mixed', REPORT_REQUEST_BYTES),
]);

/** A hundred years. */
const MOST_DAYS = 36_525;

const schema = z.strictObject({
  items: z.array(item).max(MAX_LINK_ITEMS),
  depth: z.int().min(0),
  oldestDays: z.int().min(0).max(MOST_DAYS).optional(),
  keySetVersion: z.int().min(0).nullable(),
  documents: z.partialRecord(z.enum(PUBLIC_DOCUMENTS), z.int().positive()).optional(),
}) satisfies z.ZodType<LinkResponse>;

/** Reads at most MAX_LINK_BYTES, whatever the edge claims or sends. Throws LinkFailed. */
export async function readLinkResponse(response: Response, wanted: number): Promise<LinkResponse> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new LinkFailed(`the edge answered ${response.status}`);
  }
  const parsed = schema.safeParse(parseJson(await readLimited(response)));
  if (!parsed.success) throw new LinkFailed('the answer of the edge has the wrong shape');
  if (parsed.data.items.length > wanted) throw new LinkFailed('the edge sent more items than were asked for');
  return parsed.data;
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_LINK_BYTES) throw new LinkFailed('the answer of the edge is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LinkFailed('the answer of the edge is not JSON', { cause });
  }
}

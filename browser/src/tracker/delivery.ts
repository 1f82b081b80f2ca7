/**
 * Sends events. What got no answer is sent again, under the same id and marked, with the next event and whenever time is
 * reported. It is kept in memory only: what this page could not deliver while it was open is lost.
 */
import type { CollectBody } from '@avow/protocol/visits';
import type { Told } from './part.ts';
import { edge } from './script.ts';

type Outgoing = Told & Pick<CollectBody, 'i' | 't'>;

/** More are not kept while the edge is away. */
const MAX_UNSENT = 64;

/** In order, each with the attempt that is under way. */
const unsent = new Map<Outgoing, Promise<unknown> | false>();

/** Something if it has to be sent again. */
async function post(body: Outgoing): Promise<unknown> {
  try {
    const { status } = await fetch(`${edge}collect`, {
      method: 'POST',
      // A string goes as `text/plain`: no preflight request from other origins.
      body: JSON.stringify(body),
      keepalive: true,
      credentials: 'omit',
    });
    // 429 and 5xx: later. Other refusals would be the same again.
    if (status < 429) return !unsent.delete(body);
  } catch {}
  body.t = 1;
  return unsent.set(body, false);
}

/** Also whatever is unsent, one by one: a view comes before what belongs to it. */
export async function deliver(event?: Outgoing): Promise<void> {
  if (event && unsent.size < MAX_UNSENT) unsent.set(event, false);
  for (const [body, underWay] of unsent) {
    const failed = underWay || post(body);
    unsent.set(body, failed);
    // A page that is hidden may end now: nothing waits.
    if (!document.hidden && (await failed)) return;
  }
}

import type { Refusal } from '@avow/protocol/refusals';
import type { HttpBindings } from '@hono/node-server';

/** What every request of the edge carries from the first middleware on (`c.get('nonce')`). */
export interface EdgeVariables {
  /** Random per response; scripts and styles without it do not run (Content-Security-Policy). */
  nonce: string;
  /** Address of the requester, normalised. Goes into the access log and the rate limits, nowhere else. */
  address: string;
  /** Set by `refuse`: lets the outermost middleware show browsers a page instead of JSON. */
  refusal?: Refusal;
}

export interface EdgeEnv {
  Variables: EdgeVariables;
  /** Empty when a test calls `app.request()` without a socket. */
  Bindings: Partial<HttpBindings>;
}

/** What everybody on the way sees of an exchange with the edge: method, path, status, headers and lengths, but no contents. */

export interface WireExchange {
  request: { method: string; path: string; headers: Record<string, string>; bytes: number };
  response: { status: number; headers: Record<string, string>; bytes: number };
}

/** Values that are random, or the time, by their nature: their length is all they may tell. */
function visible(headers: Headers): Record<string, string> {
  const entries = [...headers].map(([name, value]): [string, string] => {
    if (name === 'date') return [name, `${value.length} characters`];
    return [name, value.replace(/nonce-[\w+/=]+/g, (nonce) => `${nonce.length} characters`).replace(UUID, 'a UUID')];
  });
  return Object.fromEntries(entries);
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A `fetch` that notes each exchange in `seen`. */
export function watchedFetch(seen: WireExchange[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const sent = await request.clone().arrayBuffer();
    const response = await fetch(request);
    const received = await response.arrayBuffer();
    seen.push({
      request: {
        method: request.method,
        path: new URL(request.url).pathname.replace(UUID, 'a UUID'),
        headers: visible(request.headers),
        bytes: sent.byteLength,
      },
      response: { status: response.status, headers: visible(response.headers), bytes: received.byteLength },
    });
    return new Response(response.status === 204 ? null : received, response);
  };
}

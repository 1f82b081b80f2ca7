/** Between fetch's Request and Response and binary HTTP messages. */
import type { HeaderField } from './binary-fields.ts';
import type { BinaryRequest, BinaryResponse } from './binary-http.ts';

/** Statuses whose responses have no body (fetch, "null body status"). */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** Fetch joins repeated fields with ', ', which leaves a blank at the end where the last one is empty. */
function fieldsOf(headers: Headers): HeaderField[] {
  return Array.from(headers, ([name, value]) => [name, value.trim()]);
}

export async function requestToBinary(request: Request): Promise<BinaryRequest> {
  const { protocol, host, pathname, search } = new URL(request.url);
  return {
    method: request.method,
    scheme: protocol.slice(0, -1),
    authority: host,
    path: pathname + search,
    headers: fieldsOf(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

export function binaryToRequest(message: BinaryRequest): Request {
  const { method, scheme, authority, path, headers, body } = message;
  const url = `${scheme}://${authority}${path}`;
  return new Request(url, body.length > 0 ? { method, headers, body } : { method, headers });
}

export async function responseToBinary(response: Response): Promise<BinaryResponse> {
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: fieldsOf(response.headers), body };
}

export function binaryToResponse({ status, headers, body }: BinaryResponse): Response {
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

/** The inner request around a report, the same for all of them but for the body. */
import type { BinaryRequest } from '../binary-http.ts';
import { REPORTS_ROUTE } from '../sealed-routes.ts';

const [METHOD = '', PATH = ''] = REPORTS_ROUTE.split(' ');

/** `body`: `reportBytes`. `authority`: the vault's name. No language and no other header: both ends would tell reports apart by it. */
export function reportRequest(body: Uint8Array<ArrayBuffer>, authority: string): BinaryRequest {
  return {
    method: METHOD,
    scheme: 'https',
    authority,
    path: PATH,
    headers: [['content-type', 'application/json']],
    body,
  };
}

/** Whether an opened request is what `reportRequest` makes: one header, no more. */
export function isReportRequest({ method, path, headers }: BinaryRequest): boolean {
  return (
    method === METHOD &&
    path === PATH &&
    headers.length === 1 &&
    headers[0]?.[0] === 'content-type' &&
    headers[0][1] === 'application/json'
  );
}

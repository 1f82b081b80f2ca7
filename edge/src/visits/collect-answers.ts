/** What the collector answers: to a browser that mostly does not listen, and to programs and their authors. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import type { DropReason } from '@avow/protocol/visits';
import { preferredLanguage } from '../platform/language.ts';
import { createMemo } from '../platform/memo.ts';
import type { SiteContracts } from './site-contracts.ts';

/** Which refusal a dropped event meets. Null: nothing is wrong with it; it is just not counted. */
const REFUSED: Record<DropReason, RefusalCode | null> = {
  'rate limited': 'too_many_requests',
  'unknown site': 'site_unknown',
  malformed: 'malformed',
  'too large': 'too_large',
  'wrong origin': 'origin_refused',
  prefetched: null,
  'excluded path': null,
  'undeclared event': null,
  repeated: null,
};

const ALWAYS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};
const A_DAY = '86400';
const MAX_KNOWN_ORIGINS = 128;

type Headers = Record<string, string | number>;

export interface CollectAnswers {
  /** On disk. */
  accepted(request: IncomingMessage, response: ServerResponse): void;
  dropped(request: IncomingMessage, response: ServerResponse, reason: DropReason): void;
  refused(request: IncomingMessage, response: ServerResponse, code: RefusalCode, headers?: Headers): void;
  picture(response: ServerResponse, bytes: Uint8Array): void;
  preflight(request: IncomingMessage, response: ServerResponse): void;
}

export function createCollectAnswers(sites: SiteContracts): CollectAnswers {
  /** The group's sites may read the answer; `*` would let anybody's page do so. */
  function corsFor(origin: string): Headers {
    const host = URL.parse(origin)?.hostname;
    const ours = host !== undefined && sites.ofHost(host) !== null;
    return { vary: 'origin', ...(ours && { 'access-control-allow-origin': origin }) };
  }

  const corsOf = createMemo(MAX_KNOWN_ORIGINS, corsFor);
  const acceptedOf = createMemo(MAX_KNOWN_ORIGINS, (origin) => ({ ...corsFor(origin), 'content-length': 0 }));

  function cors({ headers: { origin } }: IncomingMessage): Headers {
    return origin === undefined ? ALWAYS : { ...ALWAYS, ...corsOf(origin) };
  }

  function refused(request: IncomingMessage, response: ServerResponse, code: RefusalCode, headers: Headers = {}): void {
    const language = preferredLanguage(request.headers['accept-language']);
    const body = JSON.stringify(errorBody({ refused: code }, language));
    response.writeHead(REFUSALS[code].status, {
      ...cors(request),
      'content-type': 'application/json',
      'content-language': language,
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    response.end(body);
  }

  /** Sent with every page view: no word more than needed. */
  function accepted({ headers: { origin = '' } }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(202, acceptedOf(origin));
    response.end();
  }

  function notCounted(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(204, cors(request));
    response.end();
  }

  return {
    accepted,
    dropped(request, response, reason) {
      const code = REFUSED[reason];
      if (reason === 'repeated') accepted(request, response);
      else if (code === null) notCounted(request, response);
      else refused(request, response, code, reason === 'rate limited' ? { 'retry-after': '60' } : {});
    },
    refused,
    picture(response, bytes) {
      response.writeHead(200, { ...ALWAYS, 'content-type': 'image/gif', 'content-length': bytes.length });
      response.end(bytes);
    },
    preflight(request, response) {
      response.writeHead(204, {
        ...cors(request),
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': A_DAY,
      });
      response.end();
    },
  };
}

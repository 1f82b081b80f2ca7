/** Reads an opened inner request for its route: headers, JSON, schema. Pure; what cannot be accepted is a refusal. */
import type { BinaryRequest } from '@avow/protocol/binary-http';
import type { Language, Refusal } from '@avow/protocol/refusals';
import { SEALED_ROUTES, type SealedRouteName } from '@avow/protocol/sealed-routes';
import type { SealedHandler } from '../platform/feature.ts';
import { fieldRefusals } from '../platform/http/field-refusals.ts';
import { preferredLanguage } from '../platform/http/language.ts';
import { findUnstorableText } from './unstorable-text.ts';

export interface InnerRequest {
  bearer: string | null;
  /** Present on every durable route. */
  idempotencyKey: string | null;
  body: unknown;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,128}$/;
const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;
const JSON_TYPE = /^application\/json(\s*;\s*charset=utf-8)?$/i;

function header(request: BinaryRequest, name: string): string | null {
  return request.headers.find(([candidate]) => candidate === name)?.[1] ?? null;
}

/** The first language the requester names that we speak; English otherwise. */
export function languageOf(request: BinaryRequest): Language {
  return preferredLanguage(header(request, 'accept-language') ?? undefined);
}

/** The route as it stands in the table, if it does: `POST /registrations`. Queries are not part of any route. */
export function routeOf(method: string, path: string): SealedRouteName | null {
  const name = `${method} ${path}`;
  return Object.hasOwn(SEALED_ROUTES, name) ? (name as keyof typeof SEALED_ROUTES) : null;
}

function readBody(request: BinaryRequest): { value: unknown } | Refusal {
  if (request.body.length === 0) return { value: null };
  if (!JSON_TYPE.test(header(request, 'content-type') ?? '')) return { refused: 'unsupported_media_type' };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(request.body)) };
  } catch {
    return { refused: 'malformed' };
  }
}

export function readInnerRequest(request: BinaryRequest, handler: SealedHandler): InnerRequest | Refusal {
  const idempotencyKey = header(request, 'idempotency-key');
  const durable = SEALED_ROUTES[handler.route as keyof typeof SEALED_ROUTES] === 'durable';
  if (durable && !IDEMPOTENCY_KEY.test(idempotencyKey ?? '')) return { refused: 'malformed' };

  const body = readBody(request);
  if ('refused' in body) return body;
  const unstorable = findUnstorableText(body.value);
  if (unstorable === 'too deep' || unstorable === '') return { refused: 'malformed' };
  if (unstorable !== null) return { refused: 'invalid_fields', fields: { [unstorable]: 'field_malformed' } };
  const parsed = handler.body.safeParse(body.value);
  if (!parsed.success) return fieldRefusals(parsed.error, body.value);
  return {
    bearer: BEARER.exec(header(request, 'authorization') ?? '')?.[1] ?? null,
    idempotencyKey: durable ? idempotencyKey : null,
    body: parsed.data,
  };
}

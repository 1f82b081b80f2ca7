/**
 * One item of the spool, from sealed bytes to sealed answer (the gateway checklist). Replay mark, idempotency record, the
 * feature's work, its mails and the answer for redelivery are one transaction: they all happen, or none does.
 */
import type { LinkAnswer } from '@avow/protocol/link';
import type { Gateway, OpenedRequest } from '@avow/protocol/opening/gateway';
import { errorBody, type Language, type Refusal, refusalStatus } from '@avow/protocol/refusals';
import { SEALED_ROUTES } from '@avow/protocol/sealed-routes';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { VaultDatabase, VaultTables } from '../platform/database.ts';
import { isTransient, withoutContents } from '../platform/database-errors.ts';
import { isoDay } from '../platform/day.ts';
import { isRefusal, type SealedHandler } from '../platform/feature.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { untilCommitted } from '../platform/until-committed.ts';
import { type ActOnce, requestHash } from './carried-out-requests.ts';
import { type FirstSight, markAndClaim } from './first-sight.ts';
import { type InnerRequest, languageOf, readInnerRequest, routeOf } from './inner-request.ts';
import { keepSealedAnswer, markOf, markReceived } from './received-requests.ts';
import { setAside } from './set-aside-requests.ts';

export interface ReceivedItem {
  id: string;
  /** The encapsulated request. */
  body: Uint8Array;
  awaited: boolean;
}

/** `done`: carried out, refused or answered again. `failed`: by a mistake of ours; nothing was changed. */
export type Received = { outcome: 'done' | 'failed'; answer: LinkAnswer };

export interface ReceiverOptions {
  db: VaultDatabase;
  keyring: Keyring;
  gateway: Gateway;
  handlers: ReadonlyMap<string, SealedHandler>;
  actOnce: ActOnce;
  clock: () => Date;
  log: Logger;
}

interface ReadItem {
  opened: OpenedRequest;
  handler: SealedHandler;
  inner: InnerRequest | Refusal;
  /** Of the act, on durable routes. */
  hash: Buffer | null;
  mark: Buffer;
  today: string;
}

/** The edge has long answered somebody who waited for an interactive request this long. */
const INTERACTIVE_PATIENCE_MS = 20_000;

const JSON_HEADERS: [string, string][] = [['content-type', 'application/json']];

export function createReceiver(options: ReceiverOptions) {
  const { db, keyring, gateway, handlers, actOnce, clock, log } = options;

  function seal(opened: OpenedRequest, status: number, body: object): Uint8Array {
    return opened.seal({ status, headers: JSON_HEADERS, body: new TextEncoder().encode(JSON.stringify(body)) });
  }

  function sealRefusal(opened: OpenedRequest, refusal: Refusal, language: Language): Uint8Array {
    return seal(opened, refusalStatus(refusal), errorBody(refusal, language));
  }

  async function carryOut(
    tx: Kysely<VaultTables>,
    item: ReceivedItem,
    { opened, handler, inner, hash, today }: ReadItem,
    claimed: boolean,
  ): Promise<object | Refusal> {
    if ('refused' in inner) return inner;
    const { bearer, body } = inner;
    const context = { tx, language: languageOf(opened.request), bearer, awaited: item.awaited, today };
    if (hash === null) return handler.handle(body, context);

    const stored = claimed ? null : await actOnce.claim(tx, hash, today);
    if (stored) return stored;
    const result = await handler.handle(body, context);
    if (isRefusal(result)) await actOnce.release(tx, hash);
    else await actOnce.keepAnswer(tx, hash, result, today);
    return result;
  }

  /** Everything that needs no database. */
  function readItem(opened: OpenedRequest, handler: SealedHandler): ReadItem {
    const inner = readInnerRequest(opened.request, handler);
    const { body } = opened.request;
    const { route } = handler;
    const hash =
      'refused' in inner || inner.idempotencyKey === null
        ? null
        : requestHash(keyring, { route, idempotencyKey: inner.idempotencyKey, bearer: inner.bearer, body });
    return { opened, handler, inner, hash, mark: markOf(opened), today: isoDay(clock()) };
  }

  async function inOneTransaction(tx: Kysely<VaultTables>, item: ReceivedItem, read: ReadItem): Promise<Uint8Array> {
    const { opened, handler, mark, hash, today } = read;
    const language = languageOf(opened.request);
    // Reading changes nothing, so it may be done again; its answers are the large ones.
    const reads = opened.request.method === 'GET';
    const first: FirstSight =
      hash === null
        ? { marked: false, claimed: false }
        : await markAndClaim(tx, { mark, spoolId: item.id, requestHash: hash, day: today });
    const before = first.marked ? null : await markReceived(tx, { mark, spoolId: item.id, day: today });
    if (before) {
      if (before.spoolId !== item.id) return sealRefusal(opened, { refused: 'replayed' }, language);
      if (before.answer) return before.answer;
      // Its answer is a day old and gone. A durable act is protected by its own key; any other is not done twice.
      if (!reads && !isDurable(handler)) return sealRefusal(opened, { refused: 'replayed' }, language);
    }
    const result = await carryOut(tx, item, read, first.claimed);
    const sealed = isRefusal(result) ? sealRefusal(opened, result, language) : seal(opened, 200, result);
    if (!reads) await keepSealedAnswer(tx, mark, sealed);
    return sealed;
  }

  /** Returns null when the item could not be dealt with now: it is left in the spool and comes again. */
  return async function receive(item: ReceivedItem, stop: AbortSignal): Promise<Received | null> {
    const opened = gateway.open(item.body);
    if (!opened.ok) return { outcome: 'done', answer: { id: item.id, refused: opened.refused } };
    const answer = (sealed: Uint8Array): LinkAnswer => ({ id: item.id, body: Buffer.from(sealed).toString('base64') });
    const language = languageOf(opened.request);
    const route = routeOf(opened.request.method, opened.request.path);
    const handler = route === null ? undefined : handlers.get(route);
    if (opened.malformed) {
      return { outcome: 'done', answer: answer(sealRefusal(opened, { refused: 'malformed' }, language)) };
    }
    if (opened.destinationRefused || !handler) {
      return { outcome: 'done', answer: answer(sealRefusal(opened, { refused: 'destination_refused' }, language)) };
    }

    const durable = isDurable(handler);
    const patience = durable ? Number.POSITIVE_INFINITY : INTERACTIVE_PATIENCE_MS;
    try {
      const read = readItem(opened, handler);
      const sealed = await untilCommitted(db, (tx) => inOneTransaction(tx, item, read), patience, stop);
      return { outcome: 'done', answer: answer(sealed) };
    } catch (error) {
      log.error({ route: handler.route, error: withoutContents(error) }, 'a sealed request could not be carried out');
      if (stop.aborted || isTransient(error)) return null;
      if (durable && !item.awaited) await setAside(db, item, isoDay(clock()));
      return { outcome: 'failed', answer: answer(sealRefusal(opened, { refused: 'internal' }, language)) };
    }
  };
}

function isDurable(handler: SealedHandler): boolean {
  return SEALED_ROUTES[handler.route as keyof typeof SEALED_ROUTES] === 'durable';
}

export type Receive = ReturnType<typeof createReceiver>;

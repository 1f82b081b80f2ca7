/** For tests: a receiver on a real vault's databases, one durable and two interactive routes, and a requester who seals to it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type BinaryResponse, decodeResponse, encodeRequest } from '@avow/protocol/binary-http';
import { createGateway } from '@avow/protocol/opening/gateway';
import { createGatewayKey } from '@avow/protocol/opening/gateway-key';
import { padRequest } from '@avow/protocol/padding';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import type { SealedRequest } from '@avow/protocol/sealing/sealer';
import { sql } from 'kysely';
import { pino } from 'pino';
import { z } from 'zod';
import type { VaultDatabase } from '../platform/database.ts';
import { type SealedContext, type SealedHandler, sealedHandler } from '../platform/feature.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { openPeriodKeys } from '../platform/period-keys.ts';
import { createActOnce } from './carried-out-requests.ts';
import { routeOf } from './inner-request.ts';
import { createReceiver } from './receive.ts';

export const AUTHORITY = 'vault.test';

export interface InnerRequestParts {
  route: string;
  body?: unknown;
  headers?: [string, string][];
  authority?: string;
  /** The idempotency key, if any, is among `headers`. */
  ownKey?: boolean;
}

/** Seals as the browser does; `bytes` is what the edge would spool. */
export type SealForTest = (parts: InnerRequestParts) => Promise<SealedRequest>;

export async function openAnswer(
  sealed: SealedRequest,
  base64: string | undefined,
): Promise<BinaryResponse & { json: unknown }> {
  const response = decodeResponse(await sealed.open(Buffer.from(base64 ?? '', 'base64')));
  return { ...response, json: JSON.parse(Buffer.from(response.body).toString('utf8')) };
}

function randomKey(): [string, string] {
  return ['idempotency-key', randomUUID()];
}

/** Acts are rows of a table of their own, so that a test can count what was really done. */
export async function openTestIntake({ db, keyring }: { db: VaultDatabase; keyring: Keyring }) {
  await sql`CREATE TABLE acts (email text NOT NULL)`.execute(db);

  /** What the next calls of the durable route meet, in order. */
  const mishaps: ((context: SealedContext) => Promise<void>)[] = [];
  const contexts: SealedContext[] = [];
  const act = async (email: string, context: SealedContext) => {
    contexts.push(context);
    await sql`INSERT INTO acts VALUES (${email})`.execute(context.tx);
    await mishaps.shift()?.(context);
  };
  const handlers: SealedHandler[] = [
    sealedHandler(
      'POST /sign-in-links',
      z.strictObject({ email: z.email().max(254), language: z.enum(['en', 'de']) }),
      async ({ email }, context) => {
        await act(email, context);
        return { accepted: true };
      },
    ),
    sealedHandler('POST /sessions', z.strictObject({ token: z.string() }), async ({ token }, context) => {
      if (token === 'spent') return { refused: 'link_expired' };
      await act(token, context);
      return { session: randomBytes(8).toString('hex'), idleMinutes: 30 };
    }),
    sealedHandler('DELETE /sessions', z.null(), async (_body, context) => {
      await act(context.bearer ?? 'nobody', context);
      return { ended: true };
    }),
  ];

  const { key } = createGatewayKey(1);
  const gateway = createGateway({
    keys: (keyId) => (keyId === 1 ? key : null),
    authority: AUTHORITY,
    allows: (method, path) => routeOf(method, path) !== null,
  });
  let now = new Date('2026-11-23T10:00:00Z');
  const clock = () => now;
  const lines: string[] = [];
  const actOnce = createActOnce(keyring, openPeriodKeys(db, keyring));
  const receive = createReceiver({
    db,
    keyring,
    gateway,
    actOnce,
    clock,
    handlers: new Map(handlers.map((handler) => [handler.route, handler])),
    log: pino({}, { write: (line: string) => lines.push(line) }),
  });

  const sealer = createNodeSealer();
  const seal: SealForTest = ({ route, body, headers = [], authority = AUTHORITY, ownKey = false }) => {
    const [method = '', path = ''] = route.split(' ');
    const bytes = body instanceof Uint8Array ? body : body === undefined ? '' : JSON.stringify(body);
    const message = encodeRequest({
      method,
      scheme: 'https',
      authority,
      path,
      headers: [['content-type', 'application/json'], ...(ownKey ? [] : [randomKey()]), ...headers],
      body: new Uint8Array(Buffer.from(bytes)),
    });
    return sealer.seal(key.config, padRequest(message));
  };

  return {
    db,
    keyring,
    actOnce,
    receive,
    seal,
    mishaps,
    contexts,
    clock,
    setClock: (day: string) => {
      now = new Date(`${day}T10:00:00Z`);
    },
    /** Everything that was logged. */
    logged: () => lines.join(''),
    async acts(): Promise<string[]> {
      const { rows } = await sql<{ email: string }>`SELECT email FROM acts`.execute(db);
      return rows.map(({ email }) => email);
    },
  };
}

export type TestIntake = Awaited<ReturnType<typeof openTestIntake>>;

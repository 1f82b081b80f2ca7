/** Registration, self-service and products together, on real databases, called as the intake calls them. */

import type { Language, Refusal } from '@avow/protocol/refusals';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import { readInnerRequest } from './intake/inner-request.ts';
import { createPeopleFeature } from './people/feature.ts';
import { isoDay } from './platform/day.ts';
import { type Feature, isRefusal, type SealedContext } from './platform/feature.ts';
import { openTestProducts, type TestProducts } from './products/test-products.ts';
import { createRegistration } from './registration/feature.ts';
import { createSelfService } from './self-service/feature.ts';
import { createStaff } from './staff/feature.ts';
import { createSupport } from './support/feature.ts';

interface Call {
  bearer?: string;
  awaited?: boolean;
  language?: Language;
}

export interface TestFeatures extends Omit<TestProducts, 'call'> {
  features: readonly Feature[];
  registration: Feature;
  selfService: Feature;
  support: Feature;
  /** What a sealed route answers or refuses, in one transaction, after the intake's own checks. */
  call<R extends SealedRouteName>(route: R, body: unknown, call?: Call): Promise<SealedRoutes[R]['answer'] | Refusal>;
  /** The same where an answer is expected. */
  answer<R extends SealedRouteName>(route: R, body: unknown, call?: Call): Promise<SealedRoutes[R]['answer']>;
  run(task: string): Promise<void>;
}

export async function openTestFeatures(createDatabase: Parameters<typeof openTestProducts>[0]): Promise<TestFeatures> {
  const house = await openTestProducts(createDatabase);
  const { db, services, products } = house;
  const registration = createRegistration(services, { serialDesk: products.desk });
  const selfService = createSelfService(services, { features: () => features });
  const support: Feature = createSupport(services, {
    features: () => features,
    nameOf: createStaff({ ...services, keyringDb: house.keyringDb }).authentication.nameOf,
    ownerOf: products.ownerOf,
    requests: selfService.requests,
    emails: selfService.emails,
  });
  const ground = createPeopleFeature(services);
  const features: readonly Feature[] = [products, registration, selfService, support, ground];
  const handlers = new Map(features.flatMap(({ accepts }) => accepts).map((handler) => [handler.route, handler]));

  async function call(route: SealedRouteName, body: unknown, { bearer, awaited = true, language = 'en' }: Call = {}) {
    const handler = handlers.get(route);
    if (!handler) throw new Error(`no handler for ${route}`);
    const [method = '', path = ''] = route.split(' ');
    const headers: [string, string][] = [
      ['content-type', 'application/json'],
      ['idempotency-key', 'a-key-of-the-test'],
    ];
    if (bearer !== undefined) headers.push(['authorization', `Bearer ${bearer}`]);
    const inner = readInnerRequest(
      {
        method,
        scheme: 'https',
        authority: services.config.vendor.vaultName,
        path,
        headers,
        body: body === null ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body)),
      },
      handler,
    );
    if ('refused' in inner) return inner;
    return db.transaction().execute((tx) => {
      const today = isoDay(services.clock());
      const context: SealedContext = { tx, language, bearer: inner.bearer, awaited, today };
      return handler.handle(inner.body, context);
    });
  }

  return {
    ...house,
    features,
    registration,
    selfService,
    support,
    call: call as TestFeatures['call'],
    async answer(route, body, options) {
      const result = await call(route, body, options);
      if (isRefusal(result)) throw new Error(`${route} was refused: ${JSON.stringify(result)}`);
      return result as SealedRoutes[typeof route]['answer'];
    },
    async run(name) {
      const task = features.flatMap(({ schedule }) => schedule).find((candidate) => candidate.name === name);
      if (!task) throw new Error(`no task ${name}`);
      await task.run();
    },
  };
}

/** The token of a mailed link. */
export function tokenIn(mail: { content: { action?: { url: string } } } | undefined): string {
  const token = mail?.content.action?.url.split('#')[1];
  if (!token) throw new Error('the mail has no link with a token');
  return token;
}

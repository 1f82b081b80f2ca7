/** Ties a route to the contract between vault and console: its path, what it is asked with and what it answers. */
import type { Refusal } from '@avow/protocol/refusals';
import type { SessionRoutes } from '@avow/protocol/staff/session';
import type { z } from 'zod';
import type { Access, StaffContext, StaffRoute } from '../platform/feature.ts';

type Answer = object | Refusal | Response;

export function contractRoute<R extends keyof SessionRoutes>(
  name: R,
  route: {
    permission: Access;
    summary: string;
    query?: z.ZodObject;
    answer: z.ZodType<SessionRoutes[R]['answer']>;
    handle(
      asked: { params: Record<string, string>; query: unknown; body: SessionRoutes[R]['body'] },
      context: StaffContext,
    ): Promise<SessionRoutes[R]['answer'] | Refusal>;
  } & (SessionRoutes[R]['body'] extends null ? { body?: never } : { body: z.ZodType<SessionRoutes[R]['body']> }),
): StaffRoute {
  const [method, path] = name.split(' ') as [StaffRoute['method'], StaffRoute['path']];
  // The API parses with `body` before it calls `handle`, so the value has the route's type.
  const handle = route.handle as (asked: unknown, context: StaffContext) => Promise<Answer>;
  return { ...route, method, path, handle } as StaffRoute;
}

/** Routes as vault and console agreed on them: protocol/src/staff/visits.ts. */
import type { Refusal } from '@avow/protocol/refusals';
import type { VisitRoutes } from '@avow/protocol/staff/visits';
import type { z } from 'zod';
import type { StaffContext, StaffRoute } from '../platform/feature.ts';

type Name = keyof VisitRoutes;
type Told<N extends Name> = VisitRoutes[N]['answer'];
type Query<N extends Name> = VisitRoutes[N] extends { query: infer Q } ? Q : never;

/** Each can stand for the other: the schema neither goes beyond the type nor leaves anything of it out. */
type Same<Read, Type> = [Read, Type] extends [Type, Read] ? unknown : { schemaDiffersFrom: Type };

/** Does not compile where a schema, or what the handler answers, is not what the table of routes says. */
export function visitRoute<
  N extends Name,
  Answer extends z.ZodType,
  Body extends z.ZodType = z.ZodNever,
  Asked extends z.ZodObject = z.ZodObject,
>(
  name: N,
  route: Omit<StaffRoute, 'method' | 'path' | 'query' | 'body' | 'answer' | 'handle'> & {
    answer: Answer & Same<z.output<Answer>, Told<N>>;
    handle(
      asked: { params: Record<string, string>; query: z.output<Asked>; body: z.output<Body> },
      context: StaffContext,
    ): Promise<Told<N> | Refusal>;
  } & (VisitRoutes[N]['body'] extends null
      ? { body?: never }
      : { body: Body & Same<z.input<Body>, VisitRoutes[N]['body']> }) &
    ([Query<N>] extends [never] ? { query?: never } : { query: Asked & Same<z.input<Asked>, Query<N>> }),
): StaffRoute {
  const [method, path] = name.split(' ') as [StaffRoute['method'], StaffRoute['path']];
  return { ...route, method, path } as StaffRoute;
}

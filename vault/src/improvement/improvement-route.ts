/** Routes as vault and console agreed on them: protocol/src/staff/improvement.ts. */
import type { Refusal } from '@avow/protocol/refusals';
import type { ImprovementRoutes } from '@avow/protocol/staff/improvement';
import type { z } from 'zod';
import type { StaffRoute } from '../platform/feature.ts';

type Name = keyof ImprovementRoutes;
type Told<N extends Name> = ImprovementRoutes[N]['answer'];
type Query<N extends Name> = ImprovementRoutes[N] extends { query: infer Q } ? Q : never;

/** Each can stand for the other: the schema neither goes beyond the type nor leaves anything of it out. */
type Same<Read, Type> = [Read, Type] extends [Type, Read] ? unknown : { schemaDiffersFrom: Type };

/** Does not compile where a schema, or what the handler answers, is not what the table of routes says. */
export function improvementRoute<N extends Name, Answer extends z.ZodType, Asked extends z.ZodObject = z.ZodObject>(
  name: N,
  route: Pick<StaffRoute, 'summary'> & {
    answer: Answer & Same<z.output<Answer>, Told<N>>;
    handle(query: z.output<Asked>): Promise<Told<N> | Refusal>;
  } & ([Query<N>] extends [never] ? { query?: never } : { query: Asked & Same<z.input<Asked>, Query<N>> }),
): StaffRoute {
  const [method, path] = name.split(' ') as [StaffRoute['method'], StaffRoute['path']];
  return {
    ...route,
    method,
    path,
    permission: 'improvement:read',
    handle: ({ query }) => route.handle(query as z.output<Asked>),
  };
}

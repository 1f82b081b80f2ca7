/** Every route of the API that the console calls, from the contract's tables. Another table joins here. */
import type { ImprovementRoutes } from '@avow/protocol/staff/improvement';
import type { JobRoutes } from '@avow/protocol/staff/jobs';
import type { OperationsRoutes } from '@avow/protocol/staff/operations';
import type { PeopleRoutes } from '@avow/protocol/staff/people';
import type { SerialRoutes } from '@avow/protocol/staff/serials';
import type { SessionRoutes } from '@avow/protocol/staff/session';
import type { SharedLinkRoutes, SharedReadingRoutes } from '@avow/protocol/staff/shared-links';
import type { VisitRoutes } from '@avow/protocol/staff/visits';

export interface StaffRoutes
  extends SessionRoutes,
    VisitRoutes,
    SharedLinkRoutes,
    SharedReadingRoutes,
    JobRoutes,
    SerialRoutes,
    PeopleRoutes,
    OperationsRoutes,
    ImprovementRoutes {}

export type RouteName = keyof StaffRoutes;
export type BodyOf<R extends RouteName> = StaffRoutes[R]['body'];
export type AnswerOf<R extends RouteName> = StaffRoutes[R]['answer'];
/** What a question carries behind `?`; routes without one have none. */
export type QueryOf<R extends RouteName> = StaffRoutes[R] extends { query: infer Query } ? Query : undefined;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
export type ParamsOf<R extends RouteName> = [ParamNames<R>] extends [never] ? undefined : Record<ParamNames<R>, string>;

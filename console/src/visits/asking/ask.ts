/** One question about visits, as staff with a session or as the reader of a shared link. */
import { type AskedArguments, call, callAsReader, type Outcome } from '../../api/call.ts';
import type { RouteName } from '../../api/routes.ts';
import type { Source } from './source.tsx';

export function ask<R extends RouteName>(
  { reader }: Pick<Source, 'reader'>,
  route: R,
  ...asked: AskedArguments<R>
): Promise<Outcome<R>> {
  return reader === null ? call(route, ...asked) : callAsReader(reader, route, ...asked);
}

import { call } from '../api/call.ts';

/** With a page of its own afterwards: nothing of what was read stays in the browser's memory. */
export async function signOut(): Promise<void> {
  await call('DELETE /session');
  location.assign('/sign-in');
}

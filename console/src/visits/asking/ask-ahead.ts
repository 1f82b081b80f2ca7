/** What the screen of visits asks first, while its code is still on the way. */
import type { SessionState } from '@avow/protocol/staff/session';
import { askAhead } from '../../api/ahead.ts';
import { addressOf } from '../../api/call.ts';
import { groundOf, readSearch } from '../state/search.ts';
import { firstPanels } from './first-panels.ts';
import { askPanelAhead } from './panel-batch.ts';

/** `search`: of the address of the page. */
export function askVisitsAhead({ permissions }: SessionState, search: string): void {
  if (!permissions.includes('visits:read')) return;
  const told = readSearch(Object.fromEntries(new URLSearchParams(search)));
  // The zone of the house is not known yet. Where another one makes it another day, the screen may ask again.
  const { zone = new Intl.DateTimeFormat().resolvedOptions().timeZone } = told;
  for (const panel of firstPanels(told, zone)) askPanelAhead(groundOf(told), panel);
  void askAhead(addressOf('GET /visits/house'));
  void askAhead(addressOf('GET /visits/saved'));
}

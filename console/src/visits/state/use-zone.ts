/** In which zone days and hours are told: that of the house, unless the reader wants another one. */
import { useSource } from '../asking/source.tsx';
import { useVisitsSearch } from './use-visits-search.ts';

/** The zone of the figures on this screen, and whether it is another one than that of the house. */
export function useZone(): { zone: string; foreign: boolean } {
  const { house } = useSource();
  const { zone = house.timeZone } = useVisitsSearch().search;
  return { zone, foreign: zone !== house.timeZone };
}

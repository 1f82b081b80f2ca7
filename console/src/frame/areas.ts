/** What the console consists of: each area tells its entries in the navigation; `console/src/areas.ts` lists the areas. */
import type { Language } from '@avow/protocol/refusals';
import type { Permission } from '@avow/protocol/staff/roles';
import type { LinkProps } from '@tanstack/react-router';
import { createContext, useContext } from 'react';

export interface NavEntry {
  to: NonNullable<LinkProps['to']>;
  label: Record<Language, string>;
  /** Null: whoever is signed in. */
  needs: Permission | null;
  /** The key after `g`: `v` for "g v". */
  go: string;
}

export interface Area {
  nav: readonly NavEntry[];
}

const AreasContext = createContext<readonly Area[]>([]);

export const AreasProvider = AreasContext;

export function useAreas(): readonly Area[] {
  return useContext(AreasContext);
}

/** What an area tells the frame: its entries in the navigation and what the command palette may do with it. `console/src/areas.ts` lists the areas. */
import type { Language } from '@avow/protocol/refusals';
import type { Permission } from '@avow/protocol/staff/roles';
import { type LinkProps, useLocation } from '@tanstack/react-router';
import { type ComponentType, createContext, useContext } from 'react';
import { useMay } from '../api/session.tsx';

export type PagePath = NonNullable<LinkProps['to']>;

/** Headings of the navigation, in their order. */
export const NAV_GROUPS = ['own', 'figures', 'people', 'house'] as const;

export interface NavEntry {
  to: PagePath;
  label: Record<Language, string>;
  group: (typeof NAV_GROUPS)[number];
  /** Of several, any one is enough. Null: whoever is signed in. */
  needs: Permission | readonly Permission[] | null;
  /** What one does there, in a sentence, for the start page. */
  about?: Record<Language, string>;
  /** The key after `g`: `v` for "g v". */
  go: string;
}

export interface Command {
  id: string;
  label: Record<Language, string>;
  /** More words that find it, of both languages. */
  words?: string;
  needs: Permission | null;
  act(): void;
  /** The page to go to, afterwards. */
  to?: PagePath;
}

export interface Area {
  nav: readonly NavEntry[];
  commands?: readonly Command[];
  /** What of this area wants somebody's attention, on the start page; draws nothing where all is well. */
  attention?: { needs: Permission; Part: ComponentType };
  /** Commands made of what was typed: "Look up ada@example.org". Null where the text is nothing of this area's. */
  lookUp?: { needs: Permission; command(text: string): Command | null };
}

const AreasContext = createContext<readonly Area[]>([]);

export const AreasProvider = AreasContext;

export function useAreas(): readonly Area[] {
  return useContext(AreasContext);
}

/** The entries that whoever is signed in may use. */
export function useNavigation(): NavEntry[] {
  const may = useMay();
  return useAreas()
    .flatMap(({ nav }) => nav)
    .filter(({ needs }) => (typeof needs === 'string' || needs === null ? may(needs) : needs.some(may)));
}

/** The entry of the page at this address, or of the nearest above it, where whoever is signed in may not use it. */
export function useForbiddenEntry(): NavEntry | undefined {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const allowed = useNavigation();
  const [nearest] = useAreas()
    .flatMap(({ nav }) => nav)
    .filter(({ to }) => here === to || here.startsWith(`${to}/`))
    .toSorted((one, other) => other.to.length - one.to.length);
  return nearest && !allowed.includes(nearest) ? nearest : undefined;
}

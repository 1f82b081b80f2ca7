/** Where the figures of a screen come from: the vault, as staff with a session or as the reader of a shared link; and what may be done with them. */
import type { VisitsHouse } from '@avow/protocol/staff/visits';
import { createContext, type ReactNode, useContext } from 'react';

export interface Source {
  /** Secret of the reader; null for staff. */
  reader: string | null;
  house: VisitsHouse;
  may: {
    /** CSV of what is shown. */
    export: boolean;
    /** Single events as a file. */
    exportEvents: boolean;
    /** Keep segments, goals, funnels and annotations. */
    write: boolean;
    seeAnnotations: boolean;
    seeGoals: boolean;
    seeSegments: boolean;
    seeRealtime: boolean;
    /** Queries, drops and programs behind a figure. */
    explain: boolean;
  };
}

const SourceContext = createContext<Source | null>(null);

export function SourceProvider({ source, children }: { source: Source; children: ReactNode }) {
  return <SourceContext value={source}>{children}</SourceContext>;
}

export function useSource(): Source {
  const source = useContext(SourceContext);
  if (!source) throw new Error('there are no figures here');
  return source;
}

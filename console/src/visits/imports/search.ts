/** What a dry run hands to the import for real. */
export interface ImportSearch {
  file?: string;
  program?: string;
  site?: string;
}

export function readImportSearch(search: Record<string, unknown>): ImportSearch {
  const names = ['file', 'program', 'site'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

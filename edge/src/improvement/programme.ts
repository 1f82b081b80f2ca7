/** The documents of the Improvement Programme with their types: each was checked before it was kept. */
import type { PublishedConfigurations } from '@avow/protocol/improvement/configuration';
import type { PublishedTables } from '@avow/protocol/improvement/tables';
import type { PublicDocuments } from '../platform/public-documents.ts';

export function programmeOf(documents: PublicDocuments) {
  return {
    configurations: () => (documents.find('improvement-config')?.content ?? null) as PublishedConfigurations | null,
    tables: () => (documents.find('improvement-tables')?.content ?? null) as PublishedTables | null,
  };
}

/**
 * What the vault publishes through this edge besides its keys. Each document has a check of its own, and none goes back to an
 * older revision: an edge that was taken over for a while shows the same as before, or nothing.
 */
import type { DocumentName, PublicDocument } from '@avow/protocol/link';
import { sql } from 'kysely';
import type { EdgeDatabase } from './database.ts';

/** Whether `content` may take the place of `before` (null: there is none). */
export type DocumentCheck = (document: PublicDocument, before: PublicDocument | null) => Promise<boolean>;
export type DocumentChecks = Record<DocumentName, DocumentCheck>;

export interface PublicDocuments {
  /** As its check let it pass; null while there is none. */
  find(name: DocumentName): PublicDocument | null;
  revisions(): Partial<Record<DocumentName, number>>;
  offer(document: PublicDocument): Promise<'accepted' | 'known' | 'refused'>;
}

/** Throws if something stored does not pass its check. */
export async function openPublicDocuments(db: EdgeDatabase, checks: DocumentChecks): Promise<PublicDocuments> {
  const known = new Map<DocumentName, PublicDocument>();
  let turn: Promise<unknown> = Promise.resolve();

  const rows = await db.selectFrom('public_documents').selectAll().execute();
  for (const { name, revision, content } of rows) {
    const document = { name: name as DocumentName, revision, content };
    if (!(await checks[document.name](document, null))) {
      throw new Error(`The public document ${name} in the edge's database is not as it has to be.`);
    }
    known.set(document.name, document);
  }

  async function offer(document: PublicDocument): Promise<'accepted' | 'known' | 'refused'> {
    const before = known.get(document.name) ?? null;
    if (before !== null && document.revision <= before.revision) return 'known';
    if (!(await checks[document.name](document, before))) return 'refused';
    const { name, revision, content } = document;
    await sql`/* documents.publish */
      INSERT INTO public_documents (name, revision, content) VALUES (${name}, ${revision}, ${JSON.stringify(content)})
      ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, content = excluded.content
      WHERE public_documents.revision < excluded.revision`.execute(db);
    known.set(name, document);
    return 'accepted';
  }

  return {
    find: (name) => known.get(name) ?? null,
    revisions: () => Object.fromEntries([...known].map(([name, { revision }]) => [name, revision])),
    offer(document) {
      const offered = turn.then(() => offer(document));
      turn = offered.catch(() => {});
      return offered;
    },
  };
}

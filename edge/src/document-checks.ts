/** What has to be true of each public document, before this edge serves it. */
import { mayBePublished } from './improvement/configuration.ts';
import { isPublishable } from './improvement/tables.ts';
import type { DocumentChecks } from './platform/public-documents.ts';

/** `root`: the pinned root key, 32 raw bytes. */
export function documentChecks(root: Uint8Array): DocumentChecks {
  return {
    'improvement-config': (document, before) => mayBePublished(document, before, root),
    'improvement-tables': async (document) => isPublishable(document),
  };
}

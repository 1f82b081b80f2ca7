/** The signed configuration of the Improvement Programme, as this edge serves it: the participants' machines verify the same. */
import {
  configurationHash,
  type PublishedConfigurations,
  type SignedConfiguration,
  verifyConfigurationLog,
} from '@avow/protocol/improvement/configuration';
import type { PublicDocument } from '@avow/protocol/link';
import type { Context } from 'hono';
import type { PublicDocuments } from '../platform/public-documents.ts';
import { refuse } from '../platform/refuse.ts';
import type { EdgeEnv } from '../platform/variables.ts';

function logOf(document: PublicDocument): readonly unknown[] {
  const { content } = document;
  const log = typeof content === 'object' && content !== null && 'log' in content ? content.log : null;
  return Array.isArray(log) ? log : [];
}

/**
 * Signed by the root key from the first to the last, as many as the revision says, and the log that was published before is its
 * beginning: nobody can make another past.
 */
export async function mayBePublished(
  document: PublicDocument,
  before: PublicDocument | null,
  root: Uint8Array,
): Promise<boolean> {
  const log = await verifyConfigurationLog(logOf(document), root);
  const last = log?.at(-1);
  if (!log || !last || last.version !== document.revision) return false;
  const { current } = document.content as PublishedConfigurations;
  const same = async (a: SignedConfiguration, b: SignedConfiguration) =>
    (await configurationHash(a)) === (await configurationHash(b));
  if (!(await same(current, last))) return false;
  const earlier = before && (await verifyConfigurationLog(logOf(before), root))?.at(-1);
  const inItsPlace = earlier && log[earlier.version - 1];
  return !earlier || (!!inItsPlace && (await same(earlier, inItsPlace)));
}

/** `GET /improvement/config.json` */
export function createConfigurationHandler(documents: PublicDocuments) {
  return (c: Context<EdgeEnv>): Response => {
    const document = documents.find('improvement-config');
    if (document === null) return refuse(c, 'vault_away');
    return c.body(JSON.stringify(document.content), 200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache',
    });
  };
}

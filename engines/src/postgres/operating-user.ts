/** As whom PostgreSQL runs: it refuses to be root. */
import { execFile, type SpawnOptions } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface OperatingUser {
  uid: number;
  gid: number;
  /** The capability that lets the user through folders that only root may enter; null where none is needed. */
  passage: string | null;
}

const NAME = 'postgres';

/**
 * As root: the system's user `postgres`, made when there is none. Otherwise null: ourselves. `paths` is what the user has to reach: under
 * /root, for one, only root gets through, so the user is given root's right to pass folders there (`setpriv`, of util-linux).
 */
export async function findOperatingUser(paths: string[]): Promise<OperatingUser | null> {
  if (process.getuid?.() !== 0) return null;
  const ids = (await lookUp()) ?? (await create());
  const closed = (await Promise.all(paths.map((path) => findClosedFolder(path)))).find((folder) => folder !== null);
  if (closed === undefined) return { ...ids, passage: null };
  for (const passage of ['dac_read_search', 'dac_override']) {
    const user = { ...ids, passage };
    const [program, args] = asUser(user, '/bin/true', []);
    const works = await run(program, args).then(
      () => true,
      () => false,
    );
    if (works) return user;
  }
  throw new Error(`the user ${NAME} cannot enter ${closed}: allow it (chmod o+x ${closed}), or do not run as root`);
}

/** Program, arguments and options for `spawn`. */
export function asUser(user: OperatingUser | null, program: string, args: string[]): [string, string[], SpawnOptions] {
  if (user === null) return [program, args, {}];
  const { uid, gid, passage } = user;
  if (passage === null) return [program, args, { uid, gid }];
  const capability = `+${passage}`;
  const as = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    // Otherwise access(2), with which initdb and postgres look for their own programs, leaves the capability out of account.
    '--securebits=+no_setuid_fixup',
  ];
  return ['setpriv', [...as, '--', program, ...args], {}];
}

export async function handOver(path: string, user: OperatingUser | null): Promise<void> {
  if (user === null) return;
  await chown(path, user.uid, user.gid);
}

async function lookUp(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function create(): Promise<{ uid: number; gid: number }> {
  const how = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME];
  const failure = await run('useradd', how).then(
    () => null,
    (error: Error) => error,
  );
  // Another cluster that starts at the same time may have been quicker: then useradd fails, and the user is there.
  const made = await lookUp();
  if (!made)
    throw new Error(`as root, PostgreSQL needs a user named ${NAME}, and useradd could not make one`, {
      cause: failure,
    });
  return made;
}

/** The first folder above the path that others may not pass. */
async function findClosedFolder(path: string): Promise<string | null> {
  const folder = dirname(path);
  if (folder === path) return null;
  const { mode } = await stat(folder);
  return (mode & 0o001) === 0 ? folder : findClosedFolder(folder);
}

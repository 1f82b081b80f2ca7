/** Where a suite keeps what belongs to one person: below that person's own folder, never roaming, never shared. */
import type { AtOnce } from '../at-once.ts';

/** Only the person whose files they are may read them. */
export const OWN_FILE = 0o600;
export const OWN_FOLDER = 0o700;

/** By purpose; the contract for native programs is in `sdk/README.md`. */
export interface Home {
  /** Holds everything else. */
  folder: string;
  /** The decision. Absent: undecided. */
  consent: string;
  /** Counters and reports that wait. Exists only while the person takes part; deleted as a whole when not. */
  improvement: string;
  weeks: string;
  spool: string;
  seed: string;
  /** Held while reports are frozen or sent. */
  lock: string;
  /** The newest signed configuration that this machine has seen: the field list that a person is asked about. */
  configuration: string;
  /** What was sent. Stays until the person deletes it. */
  log: string;
  registration: string;
}

export const SEPARATOR = process.platform === 'win32' ? '\\' : '/';

/** Not imported, as `place/file-system.ts` says. */
const homeFolder = ((): string => process.getBuiltinModule('node:os').homedir()) satisfies AtOnce;

const stateFolder = (({ platform, env }: NodeJS.Process): string => {
  if (platform === 'win32') return env.LOCALAPPDATA || `${homeFolder()}\\AppData\\Local`;
  if (platform === 'darwin') return `${homeFolder()}/Library/Application Support`;
  return env.XDG_STATE_HOME || `${homeFolder()}/.local/state`;
}) satisfies AtOnce;

/**
 * `suite`: its id, which names the folder. `folder` instead of the usual place, for installers and tests. Joined by hand: the first
 * `join` of a process takes longer than counting a start.
 */
export const homeOf = ((suite: string, folder = `${stateFolder(process)}${SEPARATOR}${suite}`): Home => {
  const within = `${folder}${SEPARATOR}`;
  const improvement = `${within}improvement`;
  return {
    folder,
    consent: `${within}consent`,
    improvement,
    weeks: `${improvement}${SEPARATOR}weeks`,
    spool: `${improvement}${SEPARATOR}spool`,
    seed: `${improvement}${SEPARATOR}seed`,
    lock: `${improvement}${SEPARATOR}lock`,
    configuration: `${within}configuration.json`,
    log: `${within}sent.jsonl`,
    registration: `${within}registration.json`,
  };
}) satisfies AtOnce;

/** The administrator's file for the whole machine. That it exists is its whole meaning: nobody here takes part. */
export const policyFileOf = ((suite: string): string => {
  const { platform } = process;
  if (platform === 'win32') return `${process.env.ProgramData || 'C:\\ProgramData'}\\${suite}\\improvement-off`;
  return `${platform === 'darwin' ? '/Library/Application Support' : '/etc'}/${suite}/improvement-off`;
}) satisfies AtOnce;

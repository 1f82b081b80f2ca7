/** Where a suite keeps what belongs to one person: below that person's own folder, never roaming, never shared. */
import { homedir } from 'node:os';
import { join } from 'node:path';

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

type Platform = NodeJS.Platform;

function stateFolder(platform: Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
}

/** `suite`: its id, which names the folder. `folder` instead of the usual place, for installers and tests. */
export function homeOf(suite: string, folder = join(stateFolder(process.platform, process.env), suite)): Home {
  const improvement = join(folder, 'improvement');
  return {
    folder,
    consent: join(folder, 'consent'),
    improvement,
    weeks: join(improvement, 'weeks'),
    spool: join(improvement, 'spool'),
    seed: join(improvement, 'seed'),
    lock: join(improvement, 'lock'),
    configuration: join(folder, 'configuration.json'),
    log: join(folder, 'sent.jsonl'),
    registration: join(folder, 'registration.json'),
  };
}

/** The administrator's file for the whole machine. That it exists is its whole meaning: nobody here takes part. */
export function policyFileOf(suite: string, platform: Platform = process.platform): string {
  if (platform === 'win32') return join(process.env.ProgramData || 'C:\\ProgramData', suite, 'improvement-off');
  if (platform === 'darwin') return join('/Library/Application Support', suite, 'improvement-off');
  return join('/etc', suite, 'improvement-off');
}

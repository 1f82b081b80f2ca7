/** What this machine keeps for the suite, file by file, so that it can be shown and forgotten. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './place/home.ts';

/** What it is; the words for people are the Control Center's. */
export type KeptKind =
  | 'decision'
  | 'counters'
  | 'waiting-reports'
  | 'nonce-seed'
  | 'configuration'
  | 'sent-log'
  | 'registration';

export interface KeptFile {
  kind: KeptKind;
  /** A file, or a folder with everything in it. */
  path: string;
  bytes: number;
}

function sizeOf(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Only what is there. Throws as node:fs does. */
export function listKeptFiles(home: Home): KeptFile[] {
  const paths: [KeptKind, string][] = [
    ['decision', home.consent],
    ['counters', home.weeks],
    ['waiting-reports', home.spool],
    ['nonce-seed', home.seed],
    ['configuration', home.configuration],
    ['sent-log', home.log],
    ['registration', home.registration],
  ];
  return paths.filter(([, path]) => existsSync(path)).map(([kind, path]) => ({ kind, path, bytes: sizeOf(path) }));
}

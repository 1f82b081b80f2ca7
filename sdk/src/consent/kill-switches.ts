/** What switches the programme off over any stored consent (reasons in the order in which they are told). */
import type { AtOnce } from '../at-once.ts';
import { fs } from '../place/file-system.ts';

export type KillSwitch = 'administrator' | 'do-not-track' | 'ci' | 'no-person';

/** Set by the build services that are in use; any of them means that no person is at work. */
const CI_VARIABLES = [
  'CI',
  'CONTINUOUS_INTEGRATION',
  'BUILD_NUMBER',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'TF_BUILD',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
  'BUILDKITE',
  'CODEBUILD_BUILD_ID',
] as const;

const WITHOUT_HOME = new Set(['/', '/nonexistent', '/var/empty', '/dev/null']);
const WINDOWS_SERVICES = /^(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE|.*\$)$/i;
/** Below this, and not root, accounts belong to programs. */
const FIRST_PERSON_UID = 500;

const means = ((value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0' && value !== 'false') satisfies AtOnce;

const isAccountOfAProgram = ((env: NodeJS.ProcessEnv): boolean => {
  if (process.platform === 'win32') return WINDOWS_SERVICES.test(env.USERNAME ?? 'SYSTEM');
  const uid = process.getuid?.() ?? 0;
  return (uid > 0 && uid < FIRST_PERSON_UID) || WITHOUT_HOME.has(env.HOME || '/');
}) satisfies AtOnce;

export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** The administrator's file. */
  policyFile: string;
}

/** Never throws. A few µs. */
export const findKillSwitch = (({ env, policyFile }: Surroundings): KillSwitch | null => {
  if (fs.existsSync(policyFile)) return 'administrator';
  if (means(env.DO_NOT_TRACK)) return 'do-not-track';
  for (const name of CI_VARIABLES) if (means(env[name])) return 'ci';
  return isAccountOfAProgram(env) ? 'no-person' : null;
}) satisfies AtOnce;

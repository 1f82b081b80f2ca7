/** The SDK as a vendor gets it: built, packed, and installed from its tarball into an empty folder. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSdk } from '@avow/sdk/build';
import { createTestSuite, PERSON_ENV, type TestVendor } from '@avow/sdk/test-suite';

interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface InstalledSdk {
  /** The vendor's folder, with `node_modules` and `avow-suite.json`. */
  path: string;
  /** For homes, traces and programs; gone at the end. */
  work: string;
  env: NodeJS.ProcessEnv;
  /** Runs a module in the vendor's folder, in a process of its own; `wrapper` in front of it. */
  run(script: string, env: NodeJS.ProcessEnv, wrapper?: string[]): Promise<Ended>;
  /** Runs `avow-suite` as npm installed it. */
  avowSuite(args: string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  remove(): void;
}

function ended(command: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  return new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal, ...said })));
}

/** Takes some seconds, and nothing from the network. */
export async function installSdk(vendor: TestVendor, edge: string): Promise<InstalledSdk> {
  const work = mkdtempSync(join(tmpdir(), 'avow-package-'));
  const built = join(work, 'built');
  const path = join(work, 'vendor-suite');
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  await buildSdk(built);
  const tarball = npm(['pack', '--silent', '--pack-destination', work], built).trim();
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), '{"name":"vendor-suite","private":true,"type":"module"}');
  npm(['install', '--offline', '--no-audit', '--no-fund', join(work, tarball)], path);
  const machine = createTestSuite(vendor, edge);
  writeFileSync(join(path, 'avow-suite.json'), JSON.stringify(machine.manifest));
  machine.remove();
  const own = { ...PERSON_ENV, PATH: process.env.PATH ?? '' };
  return {
    path,
    work,
    env: own,
    run: (script, env, wrapper = []) =>
      ended([...wrapper, process.execPath, '--input-type=module', '--eval', script], path, { ...own, ...env }),
    avowSuite: (args, env = {}) =>
      ended([process.execPath, join('node_modules', '.bin', 'avow-suite'), ...args], path, { ...own, ...env }),
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

/** Start of a module that uses the package: `suite`, in the folder FOLDER at the time NOW, which the module may change. */
export const OPEN_SUITE = `import { openSuite, readManifest } from '@avow/sdk';
const suite = openSuite(readManifest('avow-suite.json'), {
  folder: process.env.FOLDER,
  clock: () => new Date(process.env.NOW ?? Date.now()),
  pause: async () => {},
  compareClocks: false,
});
`;

/** One program of the house as a child process: started, watched, started again when it dies, stopped cleanly. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface SupervisedProcess {
  name: string;
  /** Address the program announced; stays the same over restarts. */
  url: string;
  /** Process id right now; null between two lives. */
  pid(): number | null;
  restarts(): number;
  /** SIGTERM, then SIGKILL after `graceSeconds`. Idempotent. */
  stop(graceSeconds?: number): Promise<void>;
  /** Starts again after `stop`, under the same address. */
  start(): Promise<void>;
}

export interface ProgramOptions {
  name: string;
  /** Absolute path of its main file. */
  main: string;
  env: Record<string, string>;
  /** Receives each line of its log (JSON by pino, or whatever it writes). */
  onLog(line: string): void;
  /** Told when it died by itself, before it is started again. */
  onDeath?(what: { name: string; code: number | null; signal: string | null; again: number }): void;
  readySeconds?: number;
}

export class ProgramDidNotStart extends Error {}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

export async function superviseProgram(options: ProgramOptions): Promise<SupervisedProcess> {
  let child: ChildProcess | null = null;
  let wanted = true;
  let restarts = 0;
  let failuresInRow = 0;
  let url = '';

  async function launch(): Promise<void> {
    // The IPC channel has one purpose: when this process is gone, however it died, the program notices and stops too.
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', options.main], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl+C in the terminal reaches `avow up` alone, which stops everything in order.
      detached: true,
    });
    child = started;
    const log: string[] = [];
    if (started.stderr) {
      createInterface({ input: started.stderr }).on('line', (line) => {
        if (log.push(line) > 20) log.shift();
        options.onLog(line);
      });
    }
    started.once('exit', (code, signal) => {
      child = null;
      if (!wanted || url === '') return;
      const again = Math.min(FIRST_PAUSE_MS * 2 ** failuresInRow, LONGEST_PAUSE_MS);
      failuresInRow += 1;
      options.onDeath?.({ name: options.name, code, signal, again });
      setTimeout(() => {
        if (!wanted || child) return;
        restarts += 1;
        launch().catch((error: unknown) => options.onLog(String(error)));
      }, again);
    });
    url = await announcedUrl(started, options, log);
    failuresInRow = 0;
  }

  await launch();
  return {
    name: options.name,
    get url() {
      return url;
    },
    pid: () => child?.pid ?? null,
    restarts: () => restarts,
    async stop(graceSeconds = 10) {
      wanted = false;
      const running = child;
      if (!running || running.exitCode !== null) return;
      const gone = new Promise((done) => running.once('exit', done));
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), graceSeconds * 1000);
      await gone;
      clearTimeout(timer);
    },
    async start() {
      wanted = true;
      if (!child) await launch();
    },
  };
}

/** Waits for the program's one line on standard output: `{"ready":true,"url":"http://…"}`. */
function announcedUrl(child: ChildProcess, options: ProgramOptions, log: string[]): Promise<string> {
  const seconds = options.readySeconds ?? 60;
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new ProgramDidNotStart(`${options.name} did not start: ${why}\n${log.map(readable).join('\n')}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`no sign of readiness within ${seconds} s`);
    }, seconds * 1000);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const announced = readyUrl(line);
      if (announced === null) return options.onLog(line);
      clearTimeout(timer);
      resolve(announced);
    });
  });
}

/** A log line as an operator reads it: the programs log JSON, and their last words are in `message` or `msg`. */
function readable(line: string): string {
  try {
    const { message, msg }: { message?: unknown; msg?: unknown } = JSON.parse(line);
    return `  ${[message, msg].find((text) => typeof text === 'string') ?? line}`;
  } catch {
    return `  ${line}`;
  }
}

function readyUrl(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    if (
      typeof value === 'object' &&
      value !== null &&
      'ready' in value &&
      'url' in value &&
      typeof value.url === 'string'
    )
      return value.url;
  } catch {
    // A line that is no JSON is a log line.
  }
  return null;
}

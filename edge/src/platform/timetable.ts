/** Periodic work as data. */
import { describeError, type Log } from './log.ts';

export interface Task {
  /** `spool.tidy` */
  name: string;
  everySeconds: number;
  run(): Promise<void>;
}

/** Runs each task now and then, never beside itself. What it returns stops them and waits for those under way. */
export function startTimetable(tasks: readonly Task[], log: Log): () => Promise<void> {
  const timers = tasks.map((task) => {
    let running: Promise<void> | null = null;
    const run = () => {
      running ??= task
        .run()
        .catch((error: unknown) => log.error({ task: task.name, error: describeError(error) }, 'task failed'))
        .finally(() => {
          running = null;
        });
    };
    run();
    const timer = setInterval(run, task.everySeconds * 1000);
    return { timer, finished: () => running };
  });
  return async () => {
    for (const { timer } of timers) clearInterval(timer);
    await Promise.all(timers.map(({ finished }) => finished()));
  };
}

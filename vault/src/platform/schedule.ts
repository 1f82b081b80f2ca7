/** The timetable: every feature's periodic tasks, run by pg-boss once each, however many vault workers there are. */
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { withoutContents } from './database-errors.ts';
import type { ScheduledTask } from './feature.ts';

export interface Schedule {
  /** Lets a task run as if it were due. */
  runNow(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** pg-boss keeps to a schema of its own; what stands in it is names of tasks and when they ran. */
const SCHEMA = 'pgboss';
const TASK_LIMIT_SECONDS = 3600;

export async function startSchedule(options: {
  databaseUrl: string;
  tasks: readonly ScheduledTask[];
  log: Logger;
  lookEverySeconds?: number;
  /** Hears how each run went; `gone` where the task told how many rows it forgot. */
  onRun?(run: { task: string; failed: boolean; gone: number | null }): Promise<void>;
}): Promise<Schedule> {
  const { databaseUrl, tasks, log, lookEverySeconds = 20, onRun = async () => {} } = options;
  const boss = new PgBoss({ connectionString: databaseUrl, schema: SCHEMA, max: 2, application_name: 'avow schedule' });
  // The database is away: pg-boss goes on by itself when it is back.
  boss.on('error', (error) => log.warn({ error: withoutContents(error) }, 'the timetable met an error'));
  await boss.start();

  for (const task of tasks) {
    await boss.createQueue(task.name, { policy: 'singleton', expireInSeconds: TASK_LIMIT_SECONDS, retryLimit: 2 });
    await boss.schedule(task.name, task.cron, null, { tz: 'UTC' });
    await boss.work(task.name, { pollingIntervalSeconds: lookEverySeconds }, async () => {
      try {
        const gone = await task.run();
        await onRun({ task: task.name, failed: false, gone: typeof gone === 'number' ? gone : null });
      } catch (error) {
        log.error({ task: task.name, error: withoutContents(error) }, 'a scheduled task failed');
        await onRun({ task: task.name, failed: true, gone: null }).catch(() => {});
        // pg-boss writes the error's text into its table, so it gets one without contents.
        throw new Error('failed');
      }
    });
  }
  const names = new Set(tasks.map(({ name }) => name));
  for (const { name } of await boss.getSchedules()) if (!names.has(name)) await boss.unschedule(name);

  return {
    async runNow(name) {
      await boss.send(name);
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

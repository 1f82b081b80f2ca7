/** Runs at most `concurrency` jobs at a time, in the order they came. */
export interface WorkQueue {
  /** Jobs waiting or running. */
  readonly size: number;
  /** `job` must not throw. */
  add(job: () => Promise<void>): void;
  /** Settles when nothing is waiting or running. */
  idle(): Promise<void>;
}

export function createWorkQueue(concurrency: number): WorkQueue {
  const waiting: (() => Promise<void>)[] = [];
  const whenIdle: (() => void)[] = [];
  let running = 0;

  function next(): void {
    const job = running < concurrency ? waiting.shift() : undefined;
    if (!job) {
      if (running === 0) for (const settle of whenIdle.splice(0)) settle();
      return;
    }
    running++;
    void job().finally(() => {
      running--;
      next();
    });
  }

  return {
    get size() {
      return waiting.length + running;
    },
    add(job) {
      waiting.push(job);
      next();
    },
    idle() {
      if (running === 0) return Promise.resolve();
      return new Promise((resolve) => whenIdle.push(resolve));
    },
  };
}

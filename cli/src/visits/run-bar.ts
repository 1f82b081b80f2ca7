/** A bar on standard error for runs whose steps are not what is counted: bytes are read, lines are counted. */
import { Presets, SingleBar } from 'cli-progress';
import { duration } from '../serials/progress-bar.ts';

export interface RunBar {
  /** `counted`: of what the bar names, so far. */
  update(done: number, total: number, counted: number): void;
  stop(): void;
}

export function runBar(what: string): RunBar {
  const format = ` |{bar}| {percentage} %  {counted} ${what}  {rate} ${what}/s  {left} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, fps: 5 }, Presets.shades_classic);
  const began = performance.now();
  let started = false;
  return {
    update(done, total, counted) {
      const seconds = (performance.now() - began) / 1000;
      const left = done > 0 ? (seconds / done) * (total - done) : null;
      const shown = {
        counted: counted.toLocaleString('en'),
        rate: Math.round(counted / Math.max(seconds, 0.001)).toLocaleString('en'),
        left: duration(left),
      };
      if (started) bar.update(done, shown);
      else bar.start(total, done, shown);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

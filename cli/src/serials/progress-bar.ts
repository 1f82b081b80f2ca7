/** A bar on standard error with count, rate and time left; nothing where standard error is no terminal. */
import type { OnProgress } from '@avow/vault/products/progress';
import { Presets, SingleBar } from 'cli-progress';

export interface ProgressBar {
  onProgress: OnProgress;
  stop(): void;
}

export function progressBar(what: string): ProgressBar {
  const format = ` ${what} |{bar}| {percentage} %  {value}/{total}  {rate}/s  {left} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, fps: 5 }, Presets.shades_classic);
  let started = false;
  return {
    onProgress({ done, total, perSecond, secondsLeft }) {
      const shown = { rate: Math.round(perSecond).toLocaleString('en'), left: duration(secondsLeft) };
      if (!started) bar.start(total, done, shown);
      else bar.update(done, shown);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

/** `1:05`; a dash while nothing is known. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '-';
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

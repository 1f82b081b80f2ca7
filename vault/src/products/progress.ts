/** How far a long run is. */
export interface Progress {
  done: number;
  total: number;
  perSecond: number;
  /** Null until there is a rate to reckon with. */
  secondsLeft: number | null;
}

export type OnProgress = (progress: Progress) => void;

/** Returns a function to call with the count so far; `now` in milliseconds, of a clock that never goes back. */
export function trackProgress(total: number, report: OnProgress | undefined, now = () => performance.now()) {
  const started = now();
  return (done: number): void => {
    const seconds = (now() - started) / 1000;
    const perSecond = seconds > 0 ? done / seconds : 0;
    report?.({ done, total, perSecond, secondsLeft: perSecond > 0 ? (total - done) / perSecond : null });
  };
}

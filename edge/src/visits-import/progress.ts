/** How far an import is, in bytes of the file. */
export interface ImportProgress {
  done: number;
  total: number;
  lines: number;
  linesPerSecond: number;
  /** Null until there is a rate to reckon with. */
  secondsLeft: number | null;
}

export type OnImportProgress = (progress: ImportProgress) => void;

export function trackImport(total: number, report: OnImportProgress | undefined, now = () => performance.now()) {
  const started = now();
  return (done: number, lines: number): void => {
    const seconds = (now() - started) / 1000;
    const perSecond = seconds > 0 ? done / seconds : 0;
    report?.({
      done,
      total,
      lines,
      linesPerSecond: seconds > 0 ? lines / seconds : 0,
      secondsLeft: perSecond > 0 ? (total - done) / perSecond : null,
    });
  };
}

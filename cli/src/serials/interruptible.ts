/** Ctrl-C during a run of serials: the run is given up, its transaction rolled back and its file removed. */
import { SerialProblem } from '@avow/vault/products/serial-problem';

export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => stop.abort(new SerialProblem('Interrupted: nothing was stored.'));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** Whether there is a process to kill. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** `kill -9` of what `find` finds, as soon as it lives: between two lives there is nobody to kill. */
export async function killWhenAlive(find: () => number | null | undefined): Promise<void> {
  for (;;) {
    const pid = find();
    if (pid && isAlive(pid)) {
      process.kill(pid, 'SIGKILL');
      return;
    }
    await new Promise((next) => setTimeout(next, 10));
  }
}

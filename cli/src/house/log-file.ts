/** The programs' log lines in one file, `avow.log`, moved aside at 20 MB so that it never fills the disk. */
import { createWriteStream, renameSync, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_BYTES = 20 * 1024 * 1024;

export interface LogFile {
  path: string;
  write(source: string, line: string): void;
  close(): Promise<void>;
}

export async function openLogFile(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, 'avow.log');
  let bytes = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  let stream: WriteStream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  const moveAside = (): void => {
    stream.end();
    bytes = 0;
    // Before the new stream opens the name: what the old one still writes follows its file.
    renameSync(path, `${path}.1`);
    stream = createWriteStream(path, { flags: 'w', mode: 0o600 });
  };
  return {
    path,
    write(source, line) {
      const text = `${source} ${line}\n`;
      bytes += text.length;
      stream.write(text);
      if (bytes > MAX_BYTES) moveAside();
    },
    close: () => new Promise((closed) => stream.end(() => closed())),
  };
}

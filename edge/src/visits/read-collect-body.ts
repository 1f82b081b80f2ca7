import type { IncomingMessage } from 'node:http';

/** Bytes of one event at most. */
export const MAX_COLLECT_BYTES = 8 * 1024;

const MEDIA_TYPE = /^\s*(text\/plain|application\/json)\s*(;|$)/i;

export function isCollectMediaType(header: string | undefined): boolean {
  return header !== undefined && MEDIA_TYPE.test(header);
}

/** Calls `done` once: with the text, with `too large`, or with `truncated` when the connection ended before the body did. */
export function readCollectBody(
  request: IncomingMessage,
  done: (body: { text: string } | 'too large' | 'truncated') => void,
): void {
  let bytes = 0;
  let ended = false;
  const chunks: Buffer[] = [];
  const end = (result: Parameters<typeof done>[0]) => {
    if (ended) return;
    ended = true;
    done(result);
  };
  if (Number(request.headers['content-length'] ?? 0) > MAX_COLLECT_BYTES) end('too large');
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_COLLECT_BYTES) end('too large');
    else chunks.push(chunk);
  });
  request.on('end', () =>
    end({ text: (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8') }),
  );
  const cutOff = () => end('truncated');
  request.on('error', cutOff);
  request.on('close', cutOff);
}

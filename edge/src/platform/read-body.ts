/** Reads a request's body, but never more of it than allowed. */

/** `truncated`: the connection ended, or the body's framing broke, before the body did. */
export type BodyProblem = 'too_large' | 'truncated';

/** The body, or why there is none. Stops reading at `maxBytes`, whatever Content-Length says. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | BodyProblem> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) return 'too_large';
  try {
    // With a declared length, HTTP itself ends the body there; one read is cheaper than a stream.
    if (declared !== null) return new Uint8Array(await request.arrayBuffer());
    return await readStream(request.body, maxBytes);
  } catch {
    return 'truncated';
  }
}

async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | 'too_large'> {
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => {});
      return 'too_large';
    }
    chunks.push(value);
  }
}

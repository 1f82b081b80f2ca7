/** Sends a file up, piece by piece. A piece that got lost is sent again; the vault counts it once. */
import { call, type Refused } from './call.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 1_000;

export type Uploaded = { ok: true; id: string } | { ok: false; refused: Refused };

/** `onProgress` is told bytes. */
export async function uploadFile(file: File, onProgress: (done: number, total: number) => void): Promise<Uploaded> {
  const begun = await call('POST /uploads', {
    body: { name: file.name.slice(0, 200), bytes: file.size, mediaType: file.type || 'application/octet-stream' },
  });
  if (!begun.ok) return begun;
  const { id, pieceBytes, pieces } = begun.answer;
  for (let number = 0; number < pieces; number += 1) {
    const end = Math.min(file.size, (number + 1) * pieceBytes);
    const refused = await sendPiece(id, number, file.slice(number * pieceBytes, end));
    if (refused) return { ok: false, refused };
    onProgress(end, file.size);
  }
  return { ok: true, id };
}

async function sendPiece(id: string, number: number, body: Blob): Promise<Refused | null> {
  for (let attempt = 1; ; attempt += 1) {
    const sent = await call('PUT /uploads/:id/pieces/:number', { params: { id, number: String(number) }, body });
    if (sent.ok) return null;
    if (sent.refused.code !== 'unreachable' || attempt === ATTEMPTS) return sent.refused;
    await new Promise((next) => setTimeout(next, attempt * PAUSE_MS));
  }
}

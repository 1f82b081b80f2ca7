import { Button, FileInput, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Refused } from '../api/call.ts';
import { uploadFile } from '../api/upload.ts';
import { WorkProgress } from './work-progress.tsx';

interface Sending {
  done: number;
  total: number;
  perSecond: number;
}

type Asked = { ok: true; answer: { jobId: string } } | { ok: false; refused: Refused };

/**
 * A file that is sent up once and then named in what is asked about it. `before`: its id, where it is here from a dry run. Only one job comes
 * of it, however often somebody presses.
 */
export function useFileForJob(before: string | undefined) {
  const navigate = useNavigate();
  const [here, setHere] = useState(before ?? null);
  const [file, setFile] = useState<File | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [busy, setBusy] = useState(false);

  async function sentFile(): Promise<string | null> {
    if (here !== null || !file) return here;
    const started = performance.now();
    setSending({ done: 0, total: file.size, perSecond: 0 });
    const uploaded = await uploadFile(file, (done, total) =>
      setSending({ done, total, perSecond: (done / (performance.now() - started)) * 1000 }),
    );
    setSending(null);
    if (uploaded.ok) return uploaded.id;
    setRefused(uploaded.refused);
    return null;
  }

  return {
    file,
    sending,
    refused,
    problem: (field: string) => refused?.fields[field]?.message,
    /** Here from a dry run, and nothing else was chosen since. */
    checked: here !== null && before !== undefined,
    ready: (here !== null || file !== null) && !busy,
    choose(chosen: File | null): void {
      setFile(chosen);
      setHere(null);
    },
    /** Sends the file where it is not here yet, asks, and goes to the job that came of it. */
    async start(ask: (file: string) => Promise<Asked>): Promise<void> {
      setBusy(true);
      setRefused(null);
      const id = await sentFile();
      // Whatever is refused now, the file need not be sent again.
      if (id !== null) setHere(id);
      const asked = id === null ? null : await ask(id);
      if (asked?.ok) return navigate({ to: '/jobs/$id', params: { id: asked.answer.jobId } });
      setBusy(false);
      if (!asked) return;
      setRefused(asked.refused);
      if (asked.refused.fields.file) setHere(null);
    },
  };
}

export function FileForJob({
  job: { file, sending, problem, checked, choose },
  words,
  accept,
}: {
  job: ReturnType<typeof useFileForJob>;
  words: { label: string; hint: string; here: string; another: string; clear: string; sending: string };
  accept: string;
}) {
  return (
    <>
      {checked ? (
        <Group>
          <Text>{words.here}</Text>
          <Button size="compact-sm" variant="default" onClick={() => choose(null)}>
            {words.another}
          </Button>
        </Group>
      ) : (
        <FileInput
          label={words.label}
          description={words.hint}
          accept={accept}
          value={file}
          onChange={choose}
          error={problem('file')}
          clearable
          clearButtonProps={{ 'aria-label': words.clear }}
        />
      )}
      {sending && <WorkProgress label={words.sending} {...sending} running />}
    </>
  );
}

/** After a dry run the real thing comes first; Enter means the first. */
export function DryOrReal({
  job: { checked, ready },
  words: { dry, real },
  start,
}: {
  job: ReturnType<typeof useFileForJob>;
  words: { dry: string; real: string };
  start(dryRun: boolean): void;
}) {
  return (
    <Group>
      <Button type="submit" disabled={!ready}>
        {checked ? real : dry}
      </Button>
      <Button variant="default" disabled={!ready} onClick={() => start(checked)}>
        {checked ? dry : real}
      </Button>
    </Group>
  );
}

import type { SumProgram, VisitsHouse } from '@avow/protocol/staff/visits';
import { Button, FileInput, Group, Select, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../../api/call.ts';
import { uploadFile } from '../../api/upload.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { WorkProgress } from '../../frame/work-progress.tsx';
import { texts } from './texts.ts';

const PROGRAMS: readonly SumProgram[] = ['plausible', 'ga4'];

interface Sending {
  done: number;
  total: number;
  perSecond: number;
}

/** Sends a file up and has it looked at, or brought in. After a dry run it is the same file, and the real thing comes first. */
export function ImportForm({ house: { sites } }: { house: VisitsHouse }) {
  const say = texts.useTexts();
  const navigate = useNavigate();
  const before = useSearch({ from: '/signed-in/visits/imports' });
  const [here, setHere] = useState(before.file ?? null);
  const [file, setFile] = useState<File | null>(null);
  const [program, setProgram] = useState(PROGRAMS.find((one) => one === before.program) ?? 'plausible');
  const [site, setSite] = useState(sites.find(({ id }) => id === before.site)?.id ?? sites[0]?.id ?? '');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const checked = here !== null && before.file !== undefined;

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

  async function start(dryRun: boolean): Promise<void> {
    setRefused(null);
    const id = await sentFile();
    if (id === null) return;
    // Whatever is refused now, the file need not be sent again.
    setHere(id);
    const outcome = await call('POST /visits/imports', { body: { file: id, program, site, dryRun } });
    if (outcome.ok) return navigate({ to: '/jobs/$id', params: { id: outcome.answer.jobId } });
    setRefused(outcome.refused);
    if (outcome.refused.fields.file) setHere(null);
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void start(!checked);
  };
  const problem = (field: string) => refused?.fields[field]?.message;
  const ready = (here !== null || file !== null) && sending === null;
  const first = checked ? say.realButton : say.dryButton;
  const second = checked ? say.dryButton : say.realButton;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={640}>
        {refused && <RefusalNote refused={refused} />}
        <Group grow align="start">
          <Select
            label={say.program}
            data={PROGRAMS.map((value) => ({ value, label: say.programs[value] }))}
            value={program}
            allowDeselect={false}
            onChange={(value) => setProgram(PROGRAMS.find((one) => one === value) ?? 'plausible')}
          />
          <Select
            label={say.site}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={site}
            allowDeselect={false}
            onChange={(value) => setSite(value ?? site)}
            error={problem('site')}
          />
        </Group>
        {checked ? (
          <Group>
            <Text>{say.fileHere}</Text>
            <Button size="compact-sm" variant="default" onClick={() => setHere(null)}>
              {say.another}
            </Button>
          </Group>
        ) : (
          <FileInput
            label={say.file}
            description={say.fileHint[program]}
            accept=".zip,.csv,.gz"
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              setHere(null);
            }}
            error={problem('file')}
            clearable
            clearButtonProps={{ 'aria-label': say.clear }}
          />
        )}
        {sending && <WorkProgress label={say.sending} {...sending} running />}
        <Group>
          <Button type="submit" disabled={!ready}>
            {first}
          </Button>
          <Button variant="default" disabled={!ready} onClick={() => void start(checked)}>
            {second}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

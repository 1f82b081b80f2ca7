import type { Job, JobFile } from '@avow/protocol/staff/jobs';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { addressOf, call } from '../api/call.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { Panel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import { texts } from './texts.ts';

/** The file that a job made: how long it is kept, how often it was fetched, and a way to be rid of it before. */
export function JobFilePanel({ job, file, keep }: { job: Job; file: JobFile; keep(job: Job): void }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const { id, kind, steerable } = job;
  const staysOf: Partial<Record<Job['kind'], string>> = {
    'serials.generate': say.destroyStays,
    'visits.export': say.destroyStaysEvents,
  };
  const destroy = () =>
    setDestruction({
      title: say.destroyTitle,
      goes: [file.name],
      stays: [staysOf[kind] ?? say.destroyStaysReport],
      type: kind === 'serials.generate' && file.downloads === 0 ? file.name : null,
      button: say.destroyButton,
      async act() {
        const outcome = await call('DELETE /jobs/:id/file', { params: { id } });
        if (outcome.ok) keep(outcome.answer);
        return outcome.ok ? null : outcome.refused;
      },
    });
  const kilobytes = number(Math.ceil(file.bytes / 1024), { style: 'unit', unit: 'kilobyte' });
  return (
    <Panel title={say.file} hint={say.fileHint[kind]}>
      <Stack gap="sm">
        <Text>
          {file.name} · {kilobytes}
        </Text>
        <Text size="sm" c="dimmed">
          {say.keptThrough(file.keptThrough)} {say.downloads(file.downloads)}
        </Text>
        {steerable && (
          <Group gap="sm">
            <Button component="a" href={addressOf('GET /jobs/:id/file', { params: { id } })} download={file.name}>
              {say.download}
            </Button>
            <Button variant="default" c="var(--avow-bad)" onClick={destroy}>
              {say.destroy}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
    </Panel>
  );
}

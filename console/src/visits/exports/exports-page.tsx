/** Single events of a period, asked for as a file. */
import type { EventsExportInput, VisitsHouse } from '@avow/protocol/staff/visits';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useAnswer } from '../../api/answers.ts';
import { call, type Refused } from '../../api/call.ts';
import { Page } from '../../frame/page.tsx';
import { AnswerPanel } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { texts } from './texts.ts';

const ALL = '';

export function ExportsPage() {
  const say = texts.useTexts();
  return (
    <Page title={say.title}>
      <AnswerPanel title={say.title} hint={say.hint} answer={useAnswer('GET /visits/house')} height={180}>
        {(house) => <ExportForm house={house} />}
      </AnswerPanel>
    </Page>
  );
}

function ExportForm({ house: { sites } }: { house: VisitsHouse }) {
  const say = texts.useTexts();
  const navigate = useNavigate();
  const [site, setSite] = useState(ALL);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [format, setFormat] = useState<EventsExportInput['format']>('csv');
  const [refused, setRefused] = useState<Refused | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const outcome = await call('POST /visits/exports', { body: { site: site || null, from, to, format } });
    if (outcome.ok) await navigate({ to: '/jobs/$id', params: { id: outcome.answer.jobId } });
    else setRefused(outcome.refused);
  };
  const day = (label: string, name: 'from' | 'to', value: string, change: (value: string) => void) => (
    <TextInput
      type="date"
      label={label}
      value={value}
      required
      onChange={(event) => change(event.currentTarget.value)}
      error={refused?.fields[name]?.message}
    />
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={640}>
        {refused && <RefusalNote refused={refused} />}
        <Group grow align="start">
          <Select
            label={say.site}
            data={[{ value: ALL, label: say.all }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
            value={site}
            allowDeselect={false}
            onChange={(value) => setSite(value ?? ALL)}
          />
          <Select
            label={say.format}
            data={[
              { value: 'csv', label: say.formats.csv },
              { value: 'json', label: say.formats.json },
            ]}
            value={format}
            allowDeselect={false}
            onChange={(value) => setFormat(value === 'json' ? 'json' : 'csv')}
          />
        </Group>
        <Group grow align="start">
          {day(say.from, 'from', from, setFrom)}
          {day(say.to, 'to', to, setTo)}
        </Group>
        <Group>
          <Button type="submit">{say.button}</Button>
        </Group>
      </Stack>
    </form>
  );
}

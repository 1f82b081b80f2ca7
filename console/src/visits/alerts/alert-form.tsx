import type { AlertInput, VisitsHouse } from '@avow/protocol/staff/visits';
import { Button, Group, NumberInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../../api/call.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { texts } from '../texts.ts';
import { alertTexts } from './texts.ts';

const METRICS = ['visits', 'visitors', 'pageViews'] as const;
const GROUP = '';
/** What somebody who does not know yet would want to be told of. */
const USUAL = { spike: { percent: 200, minimum: 50 }, drop: { percent: 50, minimum: 50 } } as const;

export function AlertForm({ house }: { house: VisitsHouse }) {
  const say = texts.useTexts();
  const own = alertTexts.useTexts();
  const queries = useQueryClient();
  const [site, setSite] = useState(GROUP);
  const [metric, setMetric] = useState<(typeof METRICS)[number]>('visits');
  const [direction, setDirection] = useState<AlertInput['direction']>('spike');
  const [percent, setPercent] = useState<number | string>(USUAL.spike.percent);
  const [minimum, setMinimum] = useState<number | string>(USUAL.spike.minimum);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = (value: string) => {
    const chosen = value === 'drop' ? 'drop' : 'spike';
    setDirection(chosen);
    setPercent(USUAL[chosen].percent);
    setMinimum(USUAL[chosen].minimum);
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { site: site || null, metric, direction, percent: Number(percent), minimum: Number(minimum) };
    const outcome = await call('POST /visits/alerts', { body });
    setBusy(false);
    setRefused(outcome.ok ? null : outcome.refused);
    if (outcome.ok) await queries.invalidateQueries({ queryKey: ['GET /visits/alerts'] });
  };
  const spike = direction === 'spike';
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={640}>
        {refused && <RefusalNote refused={refused} />}
        <Group grow align="start">
          <Select
            label={say.site}
            data={[
              { value: GROUP, label: say.group },
              ...house.sites.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={site}
            allowDeselect={false}
            onChange={(value) => setSite(value ?? GROUP)}
          />
          <Select
            label={own.metric}
            data={METRICS.map((value) => ({ value, label: say.metric[value] }))}
            value={metric}
            allowDeselect={false}
            onChange={(value) => setMetric(METRICS.find((one) => one === value) ?? 'visits')}
          />
        </Group>
        <SegmentedControl
          aria-label={own.direction}
          data={[
            { value: 'spike', label: own.spike },
            { value: 'drop', label: own.drop },
          ]}
          value={direction}
          onChange={choose}
          w="fit-content"
        />
        <Group grow align="start">
          <NumberInput
            label={own.percent}
            description={spike ? own.percentSpike : own.percentDrop}
            value={percent}
            min={spike ? 101 : 0}
            max={spike ? 100_000 : 99}
            allowDecimal={false}
            error={refused?.fields.percent?.message}
            onChange={setPercent}
          />
          <NumberInput
            label={own.minimum}
            description={spike ? own.minimumSpike : own.minimumDrop}
            value={minimum}
            min={1}
            max={1_000_000_000}
            allowDecimal={false}
            error={refused?.fields.minimum?.message}
            onChange={setMinimum}
          />
        </Group>
        <Group>
          <Button type="submit" size="sm" loading={busy} disabled={percent === '' || minimum === ''}>
            {own.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import type { SharedGrant } from '@avow/protocol/staff/shared-links';
import type { Saved, VisitsHouse } from '@avow/protocol/staff/visits';
import { Button, Checkbox, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../../api/call.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { linkTexts } from './texts.ts';

const GRANTS = ['export', 'annotations', 'goals', 'segments'] as const satisfies readonly SharedGrant[];
const NO_SEGMENT = '';

/** Dimensions of single events: a segment by these does not choose visits, unless it says so. */
const OF_EVENTS: ReadonlySet<string> = new Set(['page', 'event', 'outbound', 'download', 'notFound', 'form']);

function choosesVisits({ content }: Saved): boolean {
  return (
    content.kind === 'segment' &&
    content.filters.every(
      ({ dimension, within }) => within === 'visit' || !(OF_EVENTS.has(dimension) || dimension.startsWith('property:')),
    )
  );
}

export function LinkForm({
  house,
  segments,
  made,
}: {
  house: VisitsHouse;
  segments: readonly Saved[];
  made(token: string): void;
}) {
  const own = linkTexts.useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [sites, setSites] = useState<string[]>([]);
  const [segment, setSegment] = useState(NO_SEGMENT);
  const [grants, setGrants] = useState<string[]>([]);
  const [password, setPassword] = useState('');
  const [validThrough, setValidThrough] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await call('POST /visits/shared-links', {
      body: {
        name,
        sites,
        segment: segment || null,
        grants: GRANTS.filter((grant) => grants.includes(grant)),
        password: password || null,
        validThrough: validThrough || null,
      },
    });
    setBusy(false);
    setRefused(outcome.ok ? null : outcome.refused);
    if (!outcome.ok) return;
    made(outcome.answer.token);
    setName('');
    setPassword('');
    await queries.invalidateQueries({ queryKey: ['GET /visits/shared-links'] });
  };
  const optional = (label: string) => `${label} (${own.optional})`;
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        {refused && <RefusalNote refused={refused} />}
        <TextInput
          label={own.name}
          description={own.nameHint}
          value={name}
          maxLength={100}
          error={refused?.fields.name?.message}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={own.sites}
          description={own.sitesHint}
          value={sites}
          onChange={setSites}
          error={refused?.fields.sites?.message}
        >
          <Group mt={6}>
            {house.sites.map(({ id, name: label }) => (
              <Checkbox key={id} value={id} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
        <Select
          label={own.segment}
          description={own.segmentHint}
          data={[
            { value: NO_SEGMENT, label: own.noSegment },
            ...segments.filter(choosesVisits).map(({ id, name: label }) => ({ value: id, label })),
          ]}
          value={segment}
          allowDeselect={false}
          error={refused?.fields.segment?.message}
          onChange={(value) => setSegment(value ?? NO_SEGMENT)}
        />
        <Checkbox.Group label={optional(own.grants)} value={grants} onChange={setGrants}>
          <Stack gap={6} mt={6}>
            {GRANTS.map((grant) => (
              <Checkbox key={grant} value={grant} label={own.grant[grant]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <PasswordInput
          label={optional(own.password)}
          description={own.passwordHint}
          value={password}
          autoComplete="new-password"
          error={refused?.fields.password?.message}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={optional(own.validThrough)}
          description={own.validHint}
          value={validThrough}
          error={refused?.fields.validThrough?.message}
          onChange={(event) => setValidThrough(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" size="sm" loading={busy} disabled={name.trim() === '' || sites.length === 0}>
            {own.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

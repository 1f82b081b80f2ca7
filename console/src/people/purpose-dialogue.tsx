import type { OpenedPerson } from '@avow/protocol/staff/people';
import { STAFF_PURPOSES, type StaffPurpose } from '@avow/protocol/staff/purposes';
import { Button, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { call, type Outcome, type Refused } from '../api/call.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { keepCase, keepRecord, type OpenCase } from './open-records.ts';
import { texts } from './texts.ts';

export interface Wanted {
  what: 'person' | 'request' | 'question';
  id: string;
}

/** The commonest first, so that Enter is enough where it is that one. */
const ORDER: readonly StaffPurpose[] = ['customer-service-issue', 'clarify-inaccurate-information', 'usage-patterns'];

export function PurposeDialogue({ wanted, close }: { wanted: Wanted | null; close(): void }) {
  const say = texts.useTexts().purpose;
  return (
    <Modal opened={wanted !== null} onClose={close} title={say.title} centered>
      {wanted && <PurposeForm wanted={wanted} />}
    </Modal>
  );
}

type Opened = { ok: true; person: OpenedPerson; about: OpenCase | null } | { ok: false; refused: Refused };

async function openFor({ what, id }: Wanted, purpose: StaffPurpose, ticket: string): Promise<Opened> {
  const reason = { purpose, ticket };
  if (what === 'person') {
    const outcome: Outcome<'POST /people/open'> = await call('POST /people/open', {
      body: { personId: id, ...reason },
    });
    return outcome.ok ? { ok: true, person: outcome.answer, about: null } : outcome;
  }
  if (what === 'request') {
    const outcome = await call('POST /people/requests/open', { body: { id, ...reason } });
    if (!outcome.ok) return outcome;
    const { person, ...request } = outcome.answer;
    return { ok: true, person, about: { what, ...request } };
  }
  const outcome = await call('POST /people/questions/open', { body: { id, ...reason } });
  if (!outcome.ok) return outcome;
  const { person, ...question } = outcome.answer;
  return { ok: true, person, about: { what, ...question } };
}

function PurposeForm({ wanted }: { wanted: Wanted }) {
  const say = texts.useTexts().purpose;
  const navigate = useNavigate();
  const [purpose, setPurpose] = useState<StaffPurpose>(
    wanted.what === 'person' ? 'customer-service-issue' : 'clarify-inaccurate-information',
  );
  const [ticket, setTicket] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const opened = await openFor(wanted, purpose, ticket);
    setBusy(false);
    if (!opened.ok) return setRefused(opened.refused);
    keepRecord(opened.person);
    if (opened.about) keepCase(opened.person.access, opened.about);
    void navigate({ to: '/people/$access', params: { access: opened.person.access } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          {say.hint}
        </Text>
        {refused && <RefusalNote refused={refused} />}
        <Radio.Group
          aria-label={say.title}
          value={purpose}
          onChange={(value) => setPurpose(STAFF_PURPOSES.find((one) => one === value) ?? purpose)}
        >
          <Stack gap="xs">
            {ORDER.map((one) => (
              <Radio
                key={one}
                value={one}
                label={say.choices[one]}
                description={say.hints[one]}
                data-autofocus={one === purpose || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={
            <>
              {say.ticket}{' '}
              <Text span size="sm" c="dimmed" fw={400}>
                ({say.optional})
              </Text>
            </>
          }
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
          maxLength={80}
          autoComplete="off"
        />
        <Button type="submit" loading={busy}>
          {say.open}
        </Button>
      </Stack>
    </form>
  );
}

import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { keepRecord } from './open-records.ts';
import { texts } from './texts.ts';

export function NewEmailForm(form: { person: OpenedPerson; done(said: string): void; leave(): void }) {
  const say = texts.useTexts().newEmail;
  const { cancel } = frameTexts.useTexts();
  const { access } = form.person;
  const [email, setEmail] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await call('POST /people/email-proposals', { body: { access, email: email.trim() } });
    setBusy(false);
    if (!outcome.ok) return setRefused(outcome.refused);
    keepRecord(outcome.answer.person);
    form.done(say.sent);
  };
  return (
    <Panel title={say.title} hint={say.hint}>
      <form onSubmit={submit}>
        <Stack maw="40rem">
          {refused && <RefusalNote refused={refused} />}
          <TextInput
            label={say.address}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            maxLength={254}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            error={refused?.fields.email?.message}
          />
          <Text size="sm" c="dimmed">
            {say.how}
          </Text>
          <Group>
            <Button type="submit" loading={busy} disabled={email.trim() === ''}>
              {say.send}
            </Button>
            <Button variant="default" onClick={form.leave}>
              {cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

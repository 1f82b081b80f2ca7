import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { useLanguage } from '../texts/language.tsx';
import { fieldName } from './field-names.ts';
import { keepRecord } from './open-records.ts';
import { texts } from './texts.ts';

export function QuestionForm(form: { person: OpenedPerson; done(said: string): void; leave(): void }) {
  const say = texts.useTexts().question;
  const { cancel } = frameTexts.useTexts();
  const language = useLanguage();
  const { person } = form;
  const held = person.fields.map(({ field }) => (field.startsWith('address.') ? 'address' : field));
  const subjects = [...new Set([...held, 'serial', 'other'])];
  const [field, setField] = useState(subjects[0] ?? 'other');
  const [question, setQuestion] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await call('POST /people/questions', { body: { access: person.access, field, question } });
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
          <NativeSelect
            label={say.field}
            value={field}
            onChange={(event) => setField(event.currentTarget.value)}
            data={subjects.map((path) => ({ value: path, label: fieldName(path, language) }))}
            error={refused?.fields.field?.message}
          />
          <Textarea
            label={say.text}
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value)}
            rows={4}
            maxLength={2000}
            error={refused?.fields.question?.message}
          />
          <Group>
            <Button type="submit" loading={busy} disabled={question.trim() === ''}>
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

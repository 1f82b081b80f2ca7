import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { useLanguage } from '../texts/language.tsx';
import { fieldName } from './field-names.ts';
import { keepRecord } from './open-records.ts';
import { texts } from './texts.ts';

/** What a person can have besides what is held of this one: it may be what is missing. */
const ALWAYS = ['givenName', 'familyName', 'telephone', 'language'] as const;

export function CorrectionForm(form: { person: OpenedPerson; done(said: string): void; leave(): void }) {
  const { correction: say, languages } = texts.useTexts();
  const { cancel } = frameTexts.useTexts();
  const language = useLanguage();
  const { person } = form;
  const held = Object.fromEntries(person.fields.map(({ field, value }) => [field, value]));
  const paths = [...new Set([...ALWAYS, ...Object.keys(held)])].filter((path) => path !== 'email');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const shownIn = (path: string): string => typed[path] ?? held[path] ?? '';
  const changed = paths.filter((path) => typed[path] !== undefined && typed[path] !== (held[path] ?? ''));

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const changes = Object.fromEntries(changed.map((path) => [path, shownIn(path)]));
    const outcome = await call('POST /people/corrections', { body: { access: person.access, changes } });
    setBusy(false);
    if (!outcome.ok) return setRefused(outcome.refused);
    keepRecord(outcome.answer.person);
    form.done(say.saved(outcome.answer.changed.length));
  };
  return (
    <Panel title={say.title} hint={say.hint}>
      <form onSubmit={submit}>
        <Stack>
          {refused && <RefusalNote refused={refused} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {paths.map((path, number) => {
              const common = {
                label: fieldName(path, language),
                value: shownIn(path),
                error: refused?.fields[path]?.message,
              };
              const change = (value: string) => setTyped({ ...typed, [path]: value });
              return path === 'language' ? (
                <NativeSelect
                  key={path}
                  {...common}
                  data={[
                    { value: 'en', label: languages.en },
                    { value: 'de', label: languages.de },
                  ]}
                  onChange={(event) => change(event.currentTarget.value)}
                />
              ) : (
                <TextInput
                  key={path}
                  {...common}
                  onChange={(event) => change(event.currentTarget.value)}
                  maxLength={300}
                  autoComplete="off"
                  data-autofocus={number === 0 || undefined}
                />
              );
            })}
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {say.email}
          </Text>
          <Group>
            <Button type="submit" loading={busy} disabled={changed.length === 0}>
              {say.save}
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

import type { FoundPerson } from '@avow/protocol/staff/people';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useCallback, useEffect, useRef, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { useLanguage } from '../texts/language.tsx';
import { countryName } from './field-names.ts';
import { takeHandedOver } from './handed-over.ts';
import styles from './people.module.css';
import { texts } from './texts.ts';

/** `found` null: nobody. */
type Result = { found: FoundPerson | null } | { refused: Refused };

export function FindPanel({ open }: { open(personId: string): void }) {
  const say = texts.useTexts().find;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [result, setResult] = useState<Result | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  useShortcuts([{ keys: '/', label: say.title, group: say.title, act: () => field.current?.focus() }]);

  const find = useCallback(async (text: string) => {
    if (text.trim() === '') return;
    setBusy(true);
    const outcome = await call('POST /people/find', { body: { text } });
    setBusy(false);
    setResult(outcome.ok ? outcome.answer : { refused: outcome.refused });
  }, []);
  useEffect(
    () =>
      takeHandedOver((text) => {
        setTyped(text);
        void find(text);
      }),
    [find],
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void find(typed);
  };
  return (
    <Panel title={say.title} hint={say.hint}>
      <form onSubmit={submit} className={styles.find}>
        <Group align="end" gap="sm" wrap="nowrap">
          <TextInput
            ref={field}
            label={say.label}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={320}
            autoComplete="off"
            spellCheck={false}
            flex={1}
          />
          <Button type="submit" loading={busy}>
            {say.button}
          </Button>
        </Group>
      </form>
      <div role="status" className={styles.result}>
        {result && <Told result={result} open={open} />}
      </div>
    </Panel>
  );
}

function Told({ result, open }: { result: Result; open(personId: string): void }) {
  const { find: say, languages } = texts.useTexts();
  const language = useLanguage();
  if ('refused' in result) return <RefusalNote refused={result.refused} />;
  const { found } = result;
  if (!found) {
    return (
      <Stack gap={4} mt="md">
        <Text fw={600}>{say.nobody}</Text>
        <Text size="sm" c="dimmed">
          {say.nobodyHint}
        </Text>
      </Stack>
    );
  }
  return (
    <Stack gap={4} mt="md" align="flex-start">
      <Text fw={600}>{say.found}</Text>
      <Text>
        {say.facts(found.day, countryName(found.country, language), languages[found.language])} ·{' '}
        {say.products(found.products)}
      </Text>
      <Text size="sm" c="dimmed">
        {say.masked}
      </Text>
      <Button mt={4} onClick={() => open(found.personId)}>
        {say.open}
      </Button>
    </Stack>
  );
}

import { REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import type { CheckedSerial } from '@avow/protocol/staff/serials';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { texts } from './texts.ts';

export function CheckPanel() {
  const say = texts.useTexts();
  const [typed, setTyped] = useState('');
  const [checked, setChecked] = useState<CheckedSerial | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    const outcome = await call('POST /serials/check', { body: { serial: typed } });
    setChecked(outcome.ok ? outcome.answer : null);
    setRefused(outcome.ok ? null : outcome.refused);
  };
  return (
    <Panel title={say.check.title} hint={say.check.hint}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group align="end" gap="sm" wrap="nowrap">
            <TextInput
              label={say.check.label}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              maxLength={128}
              autoComplete="off"
              spellCheck={false}
              flex={1}
            />
            <Button type="submit" variant="default">
              {say.check.button}
            </Button>
          </Group>
          {refused && <RefusalNote refused={refused} />}
          <div role="status">{checked && <Checked checked={checked} />}</div>
        </Stack>
      </form>
    </Panel>
  );
}

function Checked({ checked }: { checked: CheckedSerial }) {
  const say = texts.useTexts();
  const language = useLanguage();
  if (!checked.genuine) {
    const known = Object.hasOwn(REFUSALS, checked.why);
    return (
      <>
        <Text fw={600} c="var(--avow-bad)">
          {say.check.notGenuine}
        </Text>
        <Text size="sm">{known ? REFUSALS[checked.why as RefusalCode][language] : checked.why}</Text>
      </>
    );
  }
  const { registered, onHold } = checked;
  return (
    <>
      <Text fw={600} c="var(--avow-good)">
        {say.check.genuine}
      </Text>
      <Text size="sm">
        {checked.serial} · {checked.title}
      </Text>
      <Text size="sm">
        {say.check.of(checked.batch.day)} {registered > 0 ? say.check.registered(registered) : say.check.notRegistered}{' '}
        {onHold > 0 && say.check.onHold(onHold)}
      </Text>
    </>
  );
}

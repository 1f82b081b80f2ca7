import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Refused } from '../api/call.ts';
import { RefusalNote } from './refusal-note.tsx';
import { texts } from './texts.ts';

export interface Destruction {
  title: string;
  /** Exactly what is gone afterwards. */
  goes: readonly string[];
  /** What somebody might fear for, and is not touched. */
  stays: readonly string[];
  /** The name or count that has to be typed; null for what can be made again. */
  type: string | null;
  /** What the button does: "Revoke this token". */
  button: string;
  /** Null when it was done. */
  act(): Promise<Refused | null>;
}

/** Asks before something is destroyed. Opened while `destruction` is there. */
export function ConfirmDestructive({ destruction, close }: { destruction: Destruction | null; close(): void }) {
  return (
    <Modal opened={destruction !== null} onClose={close} title={destruction?.title} centered>
      {destruction && <Confirmation destruction={destruction} close={close} />}
    </Modal>
  );
}

function Confirmation({ destruction, close }: { destruction: Destruction; close(): void }) {
  const say = texts.useTexts();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const { goes, stays, type, button } = destruction;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const refusal = await destruction.act();
    setBusy(false);
    setRefused(refusal);
    if (refusal === null) close();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {refused && <RefusalNote refused={refused} />}
        <Listed title={say.confirm.goes} items={goes} />
        <Listed title={say.confirm.stays} items={stays} />
        {type !== null && (
          <TextInput
            label={say.confirm.type(type)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say.cancel}
          </Button>
          <Button type="submit" color="red.9" loading={busy} disabled={type !== null && typed.trim() !== type}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <List size="sm">
        {items.map((item) => (
          <List.Item key={item}>{item}</List.Item>
        ))}
      </List>
    </div>
  );
}

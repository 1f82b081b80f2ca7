import type { StaffMember } from '@avow/protocol/staff/session';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { renewSession } from '../api/session.tsx';
import { useAct } from '../api/use-act.ts';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useFormats } from '../texts/language.tsx';
import { roleNames } from '../texts/role-names.ts';
import { type AccountAnswer, changeAccount } from './account-answer.ts';
import { texts } from './texts.ts';

export function YouPanel({ account }: { account: AccountAnswer }) {
  const say = texts.useTexts().you;
  return (
    <AnswerPanel title={say.title} answer={account} height={220}>
      {({ staff }) => <You staff={staff} />}
    </AnswerPanel>
  );
}

function You({ staff }: { staff: StaffMember }) {
  const say = texts.useTexts().you;
  const roles = roleNames.useTexts();
  const { list } = useFormats();
  const [name, setName] = useState(staff.name);
  const [saved, setSaved] = useState(false);
  const act = useAct('PATCH /account');
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await act.run({ body: { name } });
    if (!answer) return;
    changeAccount(answer);
    await renewSession();
    setSaved(true);
  };
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        {act.refused && <RefusalNote refused={act.refused} />}
        <TextInput
          label={say.name}
          description={say.nameHint}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={act.problem('name')}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setSaved(false);
          }}
        />
        <Group gap="xl">
          <Fact label={say.email} value={staff.email} />
          <Fact label={say.roles} value={list(staff.roles.map((role) => roles[role]))} />
        </Group>
        <Group>
          <Button type="submit" variant="default" loading={act.busy} disabled={name.trim() === staff.name}>
            {say.save}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {saved && say.saved}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text>{value}</Text>
    </div>
  );
}

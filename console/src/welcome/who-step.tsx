import type { SessionRoutes } from '@avow/protocol/staff/session';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { roleNames } from '../texts/role-names.ts';
import { texts } from './texts.ts';

export interface Who {
  name: string;
  email: string;
}

export function WhoStep(step: {
  invitation: SessionRoutes['POST /welcome/look']['answer'];
  who: Who;
  change(who: Who): void;
  next(): void;
}) {
  const say = texts.useTexts().who;
  const roles = roleNames.useTexts();
  const { who, change, invitation } = step;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    step.next();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{invitation.first ? say.first : say.invited(invitation.roles.map((role) => roles[role]))}</Text>
        <TextInput
          label={say.name}
          description={say.nameHint}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          value={who.name}
          onChange={(event) => change({ ...who, name: event.currentTarget.value })}
        />
        <TextInput
          label={say.email}
          description={say.emailHint}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={invitation.email !== null}
          value={who.email}
          onChange={(event) => change({ ...who, email: event.currentTarget.value })}
        />
        <Button type="submit">{say.next}</Button>
      </Stack>
    </form>
  );
}

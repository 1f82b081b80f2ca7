import type { Language } from '@avow/protocol/refusals';
import type { Role } from '@avow/protocol/staff/roles';
import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { AnswerOf } from '../api/routes.ts';
import { useAct } from '../api/use-act.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { useFormats, useLanguage } from '../texts/language.tsx';
import { LinkReady } from './link-ready.tsx';
import { RoleChoice } from './role-choice.tsx';
import { reloadStaff } from './staff-answer.ts';
import { texts } from './texts.ts';

export function InviteDialog({ opened, close }: { opened: boolean; close(): void }) {
  const say = texts.useTexts().invite;
  return (
    <Modal opened={opened} onClose={close} title={say.title} centered>
      {opened && <Invite close={close} />}
    </Modal>
  );
}

function Invite({ close }: { close(): void }) {
  const say = texts.useTexts().invite;
  const frame = frameTexts.useTexts();
  const { day } = useFormats();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const [language, setLanguage] = useState<Language>(useLanguage());
  const [made, setMade] = useState<AnswerOf<'POST /staff/invitations'> | null>(null);
  const act = useAct('POST /staff/invitations');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await act.run({ body: { email, roles, language } });
    if (!answer) return;
    setMade(answer);
    reloadStaff();
  };
  if (made) return <LinkReady link={made.link} hint={say.doneHint(email, day(made.validUntil))} close={close} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        {act.refused && <RefusalNote refused={act.refused} />}
        <TextInput
          label={say.email}
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={act.problem('email')}
        />
        <RoleChoice roles={roles} change={setRoles} problem={act.problem('roles')} />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {say.language}
          </Text>
          <SegmentedControl
            aria-label={say.language}
            value={language}
            onChange={setLanguage}
            data={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {frame.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={roles.length === 0}>
            {say.send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

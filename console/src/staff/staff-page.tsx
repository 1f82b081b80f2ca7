import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { useMay } from '../api/session.tsx';
import { Page } from '../frame/page.tsx';
import { InvitationsPanel } from './invitations-panel.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { texts } from './texts.ts';

export function StaffPage() {
  const say = texts.useTexts();
  const staff = useAnswer('GET /staff');
  const mayWrite = useMay()('staff:write');
  const [inviting, setInviting] = useState(false);
  const invite = mayWrite && <Button onClick={() => setInviting(true)}>{say.invite.button}</Button>;
  return (
    <Page title={say.title} actions={invite}>
      <Stack>
        <PeoplePanel answer={staff} />
        <InvitationsPanel answer={staff} invite={invite} />
        <RolesPanel />
      </Stack>
      <InviteDialog opened={inviting} close={() => setInviting(false)} />
    </Page>
  );
}

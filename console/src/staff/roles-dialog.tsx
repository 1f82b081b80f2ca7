import type { Role } from '@avow/protocol/staff/roles';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { RoleChoice } from './role-choice.tsx';
import { type Person, reloadStaff } from './staff-answer.ts';
import { texts } from './texts.ts';

export function RolesDialog({ person, close }: { person: Person; close(): void }) {
  const say = texts.useTexts();
  const frame = frameTexts.useTexts();
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const act = useAct('PATCH /staff/:id');
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(await act.run({ params: { id: person.id }, body: { roles } }))) return;
    reloadStaff();
    close();
  };
  return (
    <Modal opened onClose={close} title={say.roles.title(person.name)} centered>
      <form onSubmit={save}>
        <Stack>
          {act.refused && <RefusalNote refused={act.refused} />}
          <RoleChoice roles={roles} change={setRoles} problem={act.problem('roles')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {frame.cancel}
            </Button>
            <Button type="submit" loading={act.busy} disabled={roles.length === 0}>
              {say.roles.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

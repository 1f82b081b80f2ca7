import { ROLES, type Role } from '@avow/protocol/staff/roles';
import { Checkbox, Stack } from '@mantine/core';
import { roleNames } from '../texts/role-names.ts';
import { texts } from './texts.ts';

const ALL = Object.keys(ROLES) as Role[];

export function RoleChoice(choice: { roles: Role[]; change(roles: Role[]): void; problem: string | undefined }) {
  const say = texts.useTexts().invite;
  const names = roleNames.useTexts();
  return (
    <Checkbox.Group
      label={say.roles}
      description={say.rolesHint}
      error={choice.problem}
      value={choice.roles}
      onChange={(chosen) => choice.change(ALL.filter((role) => chosen.includes(role)))}
    >
      <Stack gap="xs" mt="xs">
        {ALL.map((role) => (
          <Checkbox key={role} value={role} label={names[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

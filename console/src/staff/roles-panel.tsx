import { PERMISSIONS, type Permission, ROLES, type Role } from '@avow/protocol/staff/roles';
import { VisuallyHidden } from '@mantine/core';
import { DataTable } from '../frame/data-table.tsx';
import { Panel } from '../frame/panel.tsx';
import { permissionNames } from '../texts/permission-names.ts';
import { roleNames } from '../texts/role-names.ts';
import { texts } from './texts.ts';

const ROWS = Object.keys(PERMISSIONS) as Permission[];
const COLUMNS = Object.keys(ROLES) as Role[];

/** The table by which the vault decides, readable. */
export function RolesPanel() {
  const say = texts.useTexts().roles;
  const roles = roleNames.useTexts();
  const permissions = permissionNames.useTexts();
  const may = (role: Role, permission: Permission) => (ROLES[role] as readonly Permission[]).includes(permission);
  return (
    <Panel title={say.table} hint={say.tableHint}>
      <DataTable
        label={say.table}
        rows={ROWS}
        rowKey={(permission) => permission}
        columns={[
          { key: 'permission', header: say.permission, cell: (permission) => permissions[permission] },
          ...COLUMNS.map((role) => ({
            key: role,
            header: roles[role],
            cell: (permission: Permission) => (
              <>
                <span aria-hidden="true">{may(role, permission) ? '✓' : ''}</span>
                <VisuallyHidden>{may(role, permission) ? say.may : say.mayNot}</VisuallyHidden>
              </>
            ),
          })),
        ]}
      />
    </Panel>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../api/session.tsx';
import { useAct } from '../api/use-act.ts';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useFormats } from '../texts/language.tsx';
import { roleNames } from '../texts/role-names.ts';
import { reloadStaff, type StaffAnswer } from './staff-answer.ts';
import { texts } from './texts.ts';

export function InvitationsPanel({ answer, invite }: { answer: StaffAnswer; invite: ReactNode }) {
  const say = texts.useTexts().invitations;
  const roles = roleNames.useTexts();
  const { list, day } = useFormats();
  const mayWrite = useMay()('staff:write');
  const act = useAct('DELETE /staff/invitations/:id');
  const withdraw = async (id: string) => {
    if (await act.run({ params: { id } })) reloadStaff();
  };
  return (
    <AnswerPanel
      title={say.title}
      answer={answer}
      height={110}
      empty={({ invitations }) =>
        invitations.length === 0 && { what: say.none, ...(mayWrite && { hint: say.noneHint, action: invite }) }
      }
    >
      {({ invitations }) => (
        <>
          {act.refused && <RefusalNote refused={act.refused} />}
          <DataTable
            label={say.title}
            rows={invitations}
            rowKey={({ id }) => id}
            columns={[
              { key: 'email', header: say.email, cell: ({ email }) => email },
              { key: 'roles', header: say.roles, cell: (row) => list(row.roles.map((role) => roles[role])) },
              { key: 'valid', header: say.validUntil, cell: ({ validUntil }) => day(validUntil), onWideOnly: true },
              {
                key: 'acts',
                header: '',
                align: 'end',
                cell: ({ id, email }) =>
                  mayWrite && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={say.withdrawOf(email)}
                      onClick={() => withdraw(id)}
                    >
                      {say.withdraw}
                    </Button>
                  ),
              },
            ]}
          />
        </>
      )}
    </AnswerPanel>
  );
}

import type { OpenTransfer } from '@avow/protocol/staff/serials';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { answerOptions, useAnswer } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { texts } from './texts.ts';

export function TransfersPanel() {
  const say = texts.useTexts();
  const may = useMay()('serials:write');
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const end = ({ registrationId }: OpenTransfer) =>
    setDestruction({
      title: say.transfers.endTitle,
      goes: [say.transfers.endGoes],
      stays: [say.transfers.endStays],
      type: null,
      button: say.transfers.endButton,
      async act() {
        const outcome = await call('DELETE /serials/transfers/:id', { params: { id: registrationId } });
        await queryClient.invalidateQueries({ queryKey: answerOptions('GET /serials/transfers').queryKey });
        return outcome.ok ? null : outcome.refused;
      },
    });
  return (
    <AnswerPanel
      title={say.transfers.title}
      hint={say.transfers.hint}
      answer={useAnswer('GET /serials/transfers')}
      height={120}
      empty={({ transfers }) => transfers.length === 0 && { what: say.transfers.none, hint: say.transfers.noneHint }}
    >
      {({ transfers }) => (
        <>
          <DataTable
            label={say.transfers.title}
            rows={transfers}
            rowKey={({ registrationId }) => registrationId}
            columns={[
              { key: 'title', header: say.transfers.columns.title, cell: ({ title }) => title },
              {
                key: 'registration',
                header: say.transfers.columns.registration,
                onWideOnly: true,
                width: '9rem',
                cell: ({ registrationId }) => registrationId.slice(0, 8),
              },
              {
                key: 'until',
                header: say.transfers.columns.until,
                width: '9rem',
                cell: ({ validUntil }) => <RelativeTime at={validUntil} />,
              },
              {
                key: 'act',
                header: say.transfers.columns.act,
                width: '7rem',
                cell: (transfer) =>
                  may && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={say.transfers.endOf(transfer.registrationId)}
                      onClick={() => end(transfer)}
                    >
                      {say.transfers.end}
                    </Button>
                  ),
              },
            ]}
          />
          <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
        </>
      )}
    </AnswerPanel>
  );
}

import type { TroubledMail } from '@avow/protocol/staff/operations';
import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { answerOptions, useAnswer } from '../api/answers.ts';
import { call, type Refused } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useMailPurpose } from '../texts/mail-purposes.ts';
import { texts } from './texts.ts';

export function TroubledMailsPanel() {
  const say = texts.useTexts().mail;
  const may = useMay()('operations:write');
  const mailPurpose = useMailPurpose();
  const [asked, setAsked] = useState<TroubledMail | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [queued, setQueued] = useState(false);

  async function sendAgain({ id }: TroubledMail): Promise<void> {
    const outcome = await call('POST /operations/mails/:id/send-again', { params: { id }, body: {} });
    setAsked(null);
    setRefused(outcome.ok ? null : outcome.refused);
    setQueued(outcome.ok);
    await queryClient.invalidateQueries({ queryKey: answerOptions('GET /operations/mails').queryKey });
  }
  return (
    <AnswerPanel
      title={say.troubled}
      hint={say.troubledHint}
      answer={useAnswer('GET /operations/mails')}
      height={120}
      empty={({ mails }) => mails.length === 0 && !queued && { what: say.none, hint: say.noneHint }}
    >
      {({ mails }) => (
        <Stack gap="sm">
          {refused && <RefusalNote refused={refused} />}
          <Text role="status" c="var(--avow-good)">
            {queued && say.queued}
          </Text>
          <DataTable
            label={say.troubled}
            rows={mails}
            rowKey={({ id }) => id}
            columns={[
              { key: 'purpose', header: say.columns.purpose, cell: (mail) => mailPurpose(mail.purpose) },
              { key: 'state', header: say.columns.state, width: '6rem', cell: ({ state }) => say.states[state] },
              {
                key: 'code',
                header: say.columns.code,
                align: 'end',
                width: '5rem',
                cell: ({ replyCode }) => replyCode ?? '–',
              },
              {
                key: 'day',
                header: say.columns.day,
                onWideOnly: true,
                width: '8rem',
                cell: ({ day }) => <RelativeTime at={day} />,
              },
              {
                key: 'act',
                header: say.columns.act,
                width: '8rem',
                cell: (mail) =>
                  may && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={say.againOf(mailPurpose(mail.purpose), mail.id.slice(0, 8))}
                      onClick={() => (mail.state === 'unknown' ? setAsked(mail) : void sendAgain(mail))}
                    >
                      {say.again}
                    </Button>
                  ),
              },
            ]}
          />
          <Modal opened={asked !== null} onClose={() => setAsked(null)} title={say.confirm.title} centered>
            <Stack>
              <Text>{say.confirm.text}</Text>
              <Button onClick={() => asked && void sendAgain(asked)} data-autofocus>
                {say.confirm.button}
              </Button>
            </Stack>
          </Modal>
        </Stack>
      )}
    </AnswerPanel>
  );
}

import { Button, Text } from '@mantine/core';
import { useAct } from '../api/use-act.ts';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { type AccountAnswer, changeAccount } from './account-answer.ts';
import { texts } from './texts.ts';

export function SessionsPanel({ account }: { account: AccountAnswer }) {
  const say = texts.useTexts().sessions;
  const act = useAct('DELETE /account/sessions/:id');
  const end = async (id: string) => {
    const answer = await act.run({ params: { id } });
    if (answer) changeAccount(answer);
  };
  return (
    <AnswerPanel title={say.title} answer={account} height={120}>
      {({ sessions }) => (
        <>
          {act.refused && <RefusalNote refused={act.refused} />}
          <DataTable
            label={say.title}
            rows={sessions}
            rowKey={({ id }) => id}
            columns={[
              { key: 'client', header: say.client, cell: ({ client }) => client },
              {
                key: 'begun',
                header: say.begun,
                cell: ({ created }) => <RelativeTime at={created} />,
                onWideOnly: true,
              },
              { key: 'used', header: say.lastUsed, cell: ({ lastUsed }) => <RelativeTime at={lastUsed} /> },
              {
                key: 'acts',
                header: '',
                align: 'end',
                cell: ({ id, current, client }) =>
                  current ? (
                    <Text size="sm" c="dimmed">
                      {say.current}
                    </Text>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={act.busy}
                      aria-label={say.endOf(client)}
                      onClick={() => end(id)}
                    >
                      {say.end}
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

import { Button, Code, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { useMay } from '../api/session.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useFormats } from '../texts/language.tsx';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function TasksPanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().tasks;
  const { number } = useFormats();
  const may = useMay()('operations:write');
  const [started, setStarted] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const run = async (name: string) => {
    const outcome = await call('POST /operations/tasks/run', { body: { name } });
    setStarted(outcome.ok ? name : null);
    setRefused(outcome.ok ? null : outcome.refused);
  };
  return (
    <AnswerPanel title={say.title} hint={say.hint} answer={state} height={420}>
      {({ tasks }) => (
        <Stack gap="sm">
          {refused && <RefusalNote refused={refused} />}
          <Text role="status">{started && say.started(started)}</Text>
          <DataTable
            label={say.title}
            rows={tasks}
            rowKey={({ name }) => name}
            columns={[
              { key: 'name', header: say.columns.name, cell: ({ name }) => name },
              { key: 'cron', header: say.columns.cron, onWideOnly: true, cell: ({ cron }) => <Code>{cron}</Code> },
              {
                key: 'last',
                header: say.columns.last,
                cell: ({ lastDay }) => (lastDay ? <RelativeTime at={lastDay} /> : say.never),
              },
              {
                key: 'ran',
                header: say.columns.ran,
                align: 'end',
                onWideOnly: true,
                cell: ({ ran }) => number(ran),
              },
              {
                key: 'gone',
                header: say.columns.gone,
                align: 'end',
                onWideOnly: true,
                cell: ({ gone }) => (gone === null ? '–' : number(gone)),
              },
              {
                key: 'state',
                header: say.columns.state,
                cell: ({ lastDay, lastFailed }) =>
                  lastDay && (
                    <Text span inherit c={lastFailed ? 'var(--avow-bad)' : 'var(--avow-good)'}>
                      {lastFailed ? say.failed : say.ok}
                    </Text>
                  ),
              },
              {
                key: 'act',
                header: say.columns.act,
                onWideOnly: true,
                cell: ({ name }) =>
                  may && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={say.runOf(name)}
                      onClick={() => void run(name)}
                    >
                      {say.run}
                    </Button>
                  ),
              },
            ]}
          />
        </Stack>
      )}
    </AnswerPanel>
  );
}

import { Stack, Text } from '@mantine/core';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';
import { useBytes } from './use-bytes.ts';

const COLOURS = {
  reachable: 'var(--avow-good)',
  away: 'var(--avow-bad)',
  'not configured': 'var(--mantine-color-dimmed)',
} as const;

export function EnginesPanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().engines;
  const bytes = useBytes();
  return (
    <AnswerPanel title={say.title} answer={state} height={190}>
      {({ engines, disk }) => (
        <Stack gap="sm">
          <DataTable
            label={say.title}
            rows={engines}
            rowKey={({ name }) => name}
            columns={[
              { key: 'name', header: say.columns.name, cell: ({ name }) => say.names[name] },
              {
                key: 'state',
                header: say.columns.state,
                cell: (engine) => (
                  <Text span inherit c={COLOURS[engine.state]}>
                    {say.states[engine.state]}
                  </Text>
                ),
              },
              {
                key: 'version',
                header: say.columns.version,
                onWideOnly: true,
                cell: ({ version }) => version?.split(' ')[0] ?? '–',
              },
              {
                key: 'size',
                header: say.columns.size,
                align: 'end',
                cell: (engine) => (engine.bytes === null ? '–' : bytes(engine.bytes)),
              },
            ]}
          />
          <Text size="sm" c="dimmed">
            {disk ? say.disk(bytes(disk.freeBytes), bytes(disk.totalBytes)) : say.noDisk}
          </Text>
        </Stack>
      )}
    </AnswerPanel>
  );
}

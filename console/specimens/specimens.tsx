import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Refused } from '../src/api/call.ts';
import { RefusedError } from '../src/api/refused-error.ts';
import { ConfirmDestructive } from '../src/frame/confirm-destructive.tsx';
import { CopyButton } from '../src/frame/copy-button.tsx';
import { DataTable } from '../src/frame/data-table.tsx';
import { Figure } from '../src/frame/figure.tsx';
import { AnswerPanel, Panel } from '../src/frame/panel.tsx';
import { RelativeTime } from '../src/frame/relative-time.tsx';
import { WorkProgress } from '../src/frame/work-progress.tsx';

interface Row {
  name: string;
  count: number;
}

const REFUSED: Refused = { status: 503, code: 'internal', message: 'The vault met a mistake of its own.', fields: {} };
const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ name: `Row ${index + 1}`, count: (index * 7919) % 10_007 }));

function answered<Answer>(data: Answer | undefined, error: Error | null = null) {
  return { data, error, isPlaceholderData: false, refetch: () => {} };
}

function Table({ rows }: { rows: Row[] }) {
  return (
    <DataTable
      label="Rows"
      rows={rows}
      height={240}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', header: 'Name', cell: ({ name }) => name },
        { key: 'count', header: 'Count', cell: ({ count }) => count, align: 'end', width: '6rem' },
        { key: 'note', header: 'Note', cell: () => 'wide screens only', onWideOnly: true, width: '12rem' },
      ]}
    />
  );
}

export function Specimens() {
  const [asking, setAsking] = useState(false);
  const states = { height: 160, children: (rows: Row[]) => <Table rows={rows} /> };
  return (
    <Stack component="main" p="md">
      <h1>Specimens</h1>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <AnswerPanel title="Ready" {...states} answer={answered(rows(3))} />
        <AnswerPanel title="Loading" {...states} answer={answered<Row[]>(undefined)} />
        <AnswerPanel
          title="Empty"
          {...states}
          answer={answered(rows(0))}
          empty={(rows) => rows.length === 0 && { what: 'No rows yet', hint: 'They come with the first import.' }}
        />
        <AnswerPanel
          title="Partial"
          {...states}
          answer={answered(rows(2))}
          partial={() => 'One of two sites is away.'}
        />
        <AnswerPanel title="Failed" {...states} answer={answered<Row[]>(undefined, new RefusedError(REFUSED))} />
        <AnswerPanel title="Suppressed" {...states} answer={answered(rows(2))} suppressed={() => 10} />
        <Panel title="Figures" hint="With units; withheld; unknown">
          <Group gap="xl">
            <Figure
              label="Visits"
              value={1_234_567}
              note={<RelativeTime at={new Date(Date.now() - 300_000).toISOString()} />}
            />
            <Figure label="Length" value={83} unit="s" />
            <Figure label="Countries" value={{ fewerThan: 10 }} />
            <Figure label="Last" value={null} note={<RelativeTime at="2026-11-24" />} />
          </Group>
        </Panel>
        <Panel title="Work">
          <WorkProgress label="Import" done={1_250} total={10_000} perSecond={210} running />
          <WorkProgress label="Paused import" done={1_250} total={null} perSecond={null} running={false} />
        </Panel>
        <Panel title="A long list">
          <Table rows={rows(5_000)} />
        </Panel>
        <Panel title="Acts" actions={<CopyButton value="copied text" />}>
          <Button color="red.9" onClick={() => setAsking(true)}>
            Remove a thing
          </Button>
        </Panel>
      </SimpleGrid>
      <ConfirmDestructive
        close={() => setAsking(false)}
        destruction={
          asking
            ? {
                title: 'Remove this thing',
                goes: ['the thing'],
                stays: ['everything else'],
                type: 'thing',
                button: 'Remove it',
                act: async () => null,
              }
            : null
        }
      />
    </Stack>
  );
}

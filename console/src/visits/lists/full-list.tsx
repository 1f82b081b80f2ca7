/** A list in full: every value with all its figures, searchable, ordered by any of them. */
import type { AnswerRow, Ground, MetricName } from '@avow/protocol/staff/visits';
import { Group, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { usePanel } from '../asking/answers.ts';
import { formatFigure } from '../figures/metrics.ts';
import { dimensionLabel, useValueLabel } from '../figures/values.ts';
import { texts } from '../texts.ts';
import { CsvButton } from './csv-button.tsx';
import { rowsOf } from './list-panel.tsx';
import type { List } from './lists.ts';

const MOST_ROWS = 1000;
const HEIGHT = 520;

export function FullList({
  list,
  ground,
  close,
  pick,
}: {
  list: List | undefined;
  ground: Ground;
  close(): void;
  /** Filters by the value. */
  pick(value: string): void;
}) {
  const say = texts.useTexts();
  return (
    <Modal
      opened={list !== undefined}
      onClose={close}
      size="56rem"
      title={list && `${say.list[list.panel]}: ${list.label(say)}`}
    >
      {list && <Contents list={list} ground={ground} pick={pick} />}
    </Modal>
  );
}

function Contents({ list, ground, pick }: { list: List; ground: Ground; pick(value: string): void }) {
  const say = texts.useTexts();
  const formats = useFormats();
  const told = useValueLabel();
  const [typed, setTyped] = useState('');
  const [wanted] = useDebouncedValue(typed, 250);
  const [by, setBy] = useState<MetricName>(list.metric);
  // Names of countries and the like are known here only; everything else the vault searches.
  const coded = ['country', 'language', 'channel', 'device'].includes(list.dimension);
  const search =
    wanted && !coded ? [{ dimension: list.dimension, operator: 'contains' as const, values: [wanted] }] : [];
  const asked = { ...ground, filters: [...(ground.filters ?? []), ...search] };
  const panel = { metrics: [...list.metrics], dimensions: [list.dimension], order: { by }, limit: MOST_ROWS };
  const answer = usePanel(asked, panel);
  const rowValue = (row: AnswerRow) => row.dimensions[list.dimension] ?? '';
  const columns: Column<AnswerRow>[] = [
    {
      key: 'value',
      header: dimensionLabel(say, list.dimension),
      cell: (row) => (
        <UnstyledButton
          fz="sm"
          aria-label={say.filter.only(told(list.dimension, rowValue(row)))}
          onClick={() => pick(rowValue(row))}
          style={{ overflowWrap: 'anywhere' }}
        >
          {told(list.dimension, rowValue(row))}
        </UnstyledButton>
      ),
    },
    ...list.metrics.map(
      (metric, index): Column<AnswerRow> => ({
        key: metric,
        align: 'end',
        width: '7.5rem',
        onWideOnly: index > 1,
        header: (
          <UnstyledButton
            fz="inherit"
            fw={by === metric ? 600 : 400}
            aria-pressed={by === metric}
            onClick={() => setBy(metric)}
          >
            {say.metric[metric]}
            {by === metric && ' ↓'}
          </UnstyledButton>
        ),
        cell: ({ figures }) => {
          const figure = figures[metric];
          if (figure?.suppressed) return <Suppressed least={answer.data?.suppressedBelow ?? 0} />;
          return figure?.value === null || figure === undefined ? '–' : formatFigure(metric, figure.value, formats);
        },
      }),
    ),
  ];
  const rows = rowsOf(list, answer.data?.rows ?? []).filter(
    (row) => !coded || told(list.dimension, rowValue(row)).toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="end">
        <TextInput
          label={say.list.search}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          w={260}
        />
        <CsvButton question={{ ...asked, ...panel }} name={list.label(say)} />
      </Group>
      {answer.error && <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />}
      <div style={{ minHeight: HEIGHT }}>
        {answer.data && rows.length === 0 ? (
          <Empty what={say.list.empty} hint={say.list.emptyHint} />
        ) : (
          <DataTable label={list.label(say)} rows={rows} columns={columns} rowKey={rowValue} height={HEIGHT} />
        )}
      </div>
      {answer.data?.more && (
        <Text size="sm" c="dimmed">
          {say.list.rest}
        </Text>
      )}
    </Stack>
  );
}

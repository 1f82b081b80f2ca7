import type { SerialBatch, SerialRoutes } from '@avow/protocol/staff/serials';
import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { useMay } from '../api/session.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { Figure } from '../frame/figure.tsx';
import { ButtonLink, TextLink } from '../frame/links.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { useFormats } from '../texts/language.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { CheckPanel } from './check-panel.tsx';
import styles from './serials.module.css';
import { texts } from './texts.ts';

type Batches = SerialRoutes['GET /serials/batches']['answer'];

export function SerialsPage() {
  const say = texts.useTexts();
  const answer = useAnswer('GET /serials/batches');
  const navigate = useNavigate();
  const may = useMay()('serials:write');
  useShortcuts(
    may ? [{ keys: 'c', label: say.make, group: say.title, act: () => void navigate({ to: '/serials/new' }) }] : [],
  );
  const actions = may && (
    <Group gap="sm">
      <ButtonLink to="/serials/import" variant="default">
        {say.import}
      </ButtonLink>
      <ButtonLink to="/serials/new">{say.make}</ButtonLink>
    </Group>
  );
  return (
    <Page title={say.title} actions={actions}>
      <div className={styles.columns}>
        <Stack>
          <AnswerPanel
            title={say.batches}
            answer={answer}
            height={560}
            empty={({ batches }) => batches.length === 0 && { what: say.none, hint: say.noneHint, action: actions }}
          >
            {(told) => <Batches told={told} />}
          </AnswerPanel>
        </Stack>
        <Stack>
          <CheckPanel />
          <AlarmsPanel />
        </Stack>
      </div>
    </Page>
  );
}

function Batches({ told: { batches, totals } }: { told: Batches }) {
  const say = texts.useTexts();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const shown = useMemo(
    () =>
      wanted === ''
        ? batches
        : batches.filter(({ title, note, id, day }) => `${title} ${note} ${id} ${day}`.toLowerCase().includes(wanted)),
    [batches, wanted],
  );
  useShortcuts([{ keys: '/', label: say.filter, group: say.title, act: () => field.current?.focus() }]);
  return (
    <Stack gap="md">
      <div className={styles.figures}>
        <Figure label={say.totals.batches} value={totals.batches} />
        <Figure label={say.totals.serials} value={totals.serials} />
        <Figure label={say.totals.registered} value={totals.registered} />
      </div>
      <TextInput
        ref={field}
        aria-label={say.filter}
        placeholder={say.filter}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {shown.length === 0 ? <Text c="dimmed">{say.noMatch}</Text> : <Table batches={shown} />}
    </Stack>
  );
}

function Table({ batches }: { batches: readonly SerialBatch[] }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  return (
    <DataTable
      label={say.batches}
      rows={batches}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'number',
          header: say.columns.number,
          width: '6.5rem',
          cell: ({ id }) => (
            <TextLink to="/serials/batches/$id" params={{ id }}>
              {id.slice(0, 8)}
            </TextLink>
          ),
        },
        { key: 'title', header: say.columns.title, cell: ({ title }) => title },
        {
          key: 'kind',
          header: say.columns.kind,
          onWideOnly: true,
          width: '8rem',
          cell: ({ kind }) => say.kinds[kind],
        },
        {
          key: 'serials',
          header: say.columns.serials,
          align: 'end',
          width: '7.5rem',
          cell: ({ serials }) => number(serials),
        },
        {
          key: 'note',
          header: say.columns.note,
          onWideOnly: true,
          width: '12rem',
          cell: ({ note }) => <span className={styles.note}>{note}</span>,
        },
        {
          key: 'day',
          header: say.columns.day,
          onWideOnly: true,
          width: '8.5rem',
          cell: ({ day }) => <RelativeTime at={day} />,
        },
      ]}
    />
  );
}

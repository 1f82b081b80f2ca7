import { AUDIT_ACTS } from '@avow/protocol/staff/audit';
import { STAFF_PURPOSES } from '@avow/protocol/staff/purposes';
import { Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../frame/data-table.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { Note } from '../frame/refusal-note.tsx';
import { useFormats } from '../texts/language.tsx';
import { purposeNames } from '../texts/purpose-names.ts';
import { type AuditEntry, entriesOf, filterEntries, useAuditLog } from './audit-entries.ts';
import type { AuditFilters } from './routes.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/signed-in/audit-log');

export function AuditLogPage() {
  const say = texts.useTexts();
  const log = useAuditLog();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const filter = (changed: AuditFilters) => void navigate({ search: { ...filters, ...changed }, replace: true });
  const verified = log.data?.pages.every((page) => page.verified);
  return (
    <Page title={say.title}>
      <Stack>
        <Text c="dimmed">{say.what}</Text>
        <div style={{ minHeight: 22 }}>
          {verified === true && <Text c="var(--avow-good)">✓ {say.verified}</Text>}
          {verified === false && <Note>{say.broken}</Note>}
        </div>
        <Filters filters={filters} filter={filter} />
        <AnswerPanel
          title={say.panel}
          answer={log}
          height={280}
          hint={log.data && <Shown loaded={entriesOf(log.data)} filters={filters} />}
          empty={(data) => {
            const loaded = entriesOf(data);
            if (loaded.length === 0) return { what: say.none, hint: say.noneHint };
            return filterEntries(loaded, filters).length === 0 && { what: say.noneFound, hint: say.noneFoundHint };
          }}
        >
          {(data) => <Entries entries={filterEntries(entriesOf(data), filters)} />}
        </AnswerPanel>
        {log.hasNextPage && (
          <Group>
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {say.older}
            </Button>
          </Group>
        )}
      </Stack>
    </Page>
  );
}

function Shown({ loaded, filters }: { loaded: AuditEntry[]; filters: AuditFilters }) {
  const say = texts.useTexts();
  return <span role="status">{say.shown(filterEntries(loaded, filters).length, loaded.length)}</span>;
}

function Filters({ filters, filter }: { filters: AuditFilters; filter(changed: AuditFilters): void }) {
  const say = texts.useTexts();
  return (
    <Group align="flex-end">
      <TextInput
        label={say.search}
        flex={1}
        miw={200}
        maw={360}
        value={filters.text ?? ''}
        onChange={(event) => filter({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label={say.act}
        value={filters.act ?? ''}
        onChange={(event) => {
          const act = AUDIT_ACTS.find((name) => name === event.currentTarget.value);
          filter(act ? { act } : { act: undefined });
        }}
        data={[{ value: '', label: say.everyAct }, ...AUDIT_ACTS.map((act) => ({ value: act, label: say.acts[act] }))]}
      />
      {(filters.act || filters.text) && (
        <Button variant="default" onClick={() => filter({ act: undefined, text: undefined })}>
          {say.clear}
        </Button>
      )}
    </Group>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const say = texts.useTexts();
  const { day, number } = useFormats();
  const purposes = purposeNames.useTexts();
  const purposeOf = (purpose: string | null) => {
    const known = STAFF_PURPOSES.find((name) => name === purpose);
    return known ? purposes[known] : purpose;
  };
  const others: Record<string, string> = {
    operator: say.operator,
    nobody: say.nobody,
    openid: say.openId,
    '': say.gone,
  };
  const who = (staff: string) => others[staff] ?? staff;
  return (
    <DataTable
      label={say.panel}
      rows={entries}
      rowKey={(entry) => String(entry.number)}
      columns={[
        { key: 'number', header: say.column.number, cell: (row) => number(row.number), align: 'end', width: '4.5rem' },
        { key: 'day', header: say.column.day, cell: (row) => day(row.day), width: '7.5rem' },
        { key: 'staff', header: say.column.staff, cell: (row) => who(row.staff), width: '11rem' },
        { key: 'act', header: say.column.act, cell: (row) => say.acts[row.act] },
        { key: 'about', header: say.column.about, cell: (row) => row.about && say.about(row.about), onWideOnly: true },
        {
          key: 'why',
          header: say.column.why,
          cell: (row) => [purposeOf(row.purpose), row.ticket].filter(Boolean).join(', '),
          onWideOnly: true,
        },
        {
          key: 'hash',
          header: say.column.hash,
          cell: (row) => <Code title={row.hash}>{row.hash.slice(0, 10)}</Code>,
          width: '7.5rem',
          onWideOnly: true,
        },
      ]}
    />
  );
}

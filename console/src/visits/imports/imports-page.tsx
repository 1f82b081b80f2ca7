/** What other programs counted before: brought in from a file, listed, taken out again. */
import type { SumImport } from '@avow/protocol/staff/visits';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOptions, useAnswer } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { ConfirmDestructive } from '../../frame/confirm-destructive.tsx';
import { CopyButton } from '../../frame/copy-button.tsx';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { Page } from '../../frame/page.tsx';
import { AnswerPanel, Panel } from '../../frame/panel.tsx';
import { useFormats } from '../../texts/language.tsx';
import { ImportForm } from './import-form.tsx';
import { texts } from './texts.ts';

export function ImportsPage() {
  const say = texts.useTexts();
  // A job changes it while nobody looks.
  const imports = useQuery({ ...answerOptions('GET /visits/imports'), refetchOnMount: 'always' });
  const house = useAnswer('GET /visits/house');
  const firstSite = house.data?.sites[0]?.id ?? '';
  const command = `avow visits import --site ${firstSite} --dry-run access.log`;
  return (
    <Page title={say.title}>
      <Stack>
        <AnswerPanel title={say.add} hint={say.intro} answer={house} height={190}>
          {(told) => <ImportForm house={told} />}
        </AnswerPanel>
        <AnswerPanel
          title={say.list}
          answer={imports}
          height={120}
          empty={(told) => told.imports.length === 0 && { what: say.none, hint: say.noneHint }}
        >
          {(told) => (
            <Imports imports={told.imports} names={new Map(house.data?.sites.map(({ id, name }) => [id, name]))} />
          )}
        </AnswerPanel>
        <Panel title={say.elsewhere}>
          <Stack gap="xs">
            <Text>{say.elsewhereHint}</Text>
            <Group gap="sm">
              <Code style={{ overflowWrap: 'anywhere' }}>{command}</Code>
              <CopyButton value={command} />
            </Group>
          </Stack>
        </Panel>
      </Stack>
    </Page>
  );
}

function Imports({ imports, names }: { imports: readonly SumImport[]; names: ReadonlyMap<string, string> }) {
  const say = texts.useTexts();
  const { number, day } = useFormats();
  const queries = useQueryClient();
  const [going, setGoing] = useState<SumImport | null>(null);
  const columns: Column<SumImport>[] = [
    {
      key: 'file',
      header: say.columns.file,
      cell: ({ fileName, program, site }) => (
        <>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {fileName}
          </Text>
          <Text size="xs" c="dimmed">
            {names.get(site) ?? site} · {say.programs[program]}
          </Text>
        </>
      ),
    },
    {
      key: 'days',
      header: say.columns.days,
      onWideOnly: true,
      cell: ({ firstDay, lastDay }) => (firstDay && lastDay ? say.days(firstDay, lastDay) : say.noDays),
    },
    { key: 'sums', header: say.columns.sums, align: 'end', width: '5rem', cell: ({ sums }) => number(sums) },
    {
      key: 'finished',
      header: say.columns.finished,
      onWideOnly: true,
      width: '10rem',
      cell: ({ finished }) => (finished ? day(finished) : say.unfinished),
    },
    {
      key: 'act',
      header: '',
      align: 'end',
      width: '6.5rem',
      cell: (one) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={say.removeOf(one.fileName)}
          onClick={() => setGoing(one)}
        >
          {say.remove}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label={say.list} rows={imports} columns={columns} rowKey={({ id }) => id} />
      <ConfirmDestructive
        close={() => setGoing(null)}
        destruction={
          going && {
            title: say.removeOf(going.fileName),
            goes: [say.goes(going.sums, going.fileName)],
            stays: [say.stays],
            type: null,
            button: say.remove,
            async act() {
              const outcome = await call('DELETE /visits/imports/:id', { params: { id: going.id } });
              await queries.invalidateQueries({ queryKey: ['GET /visits/imports'] });
              return outcome.ok ? null : outcome.refused;
            },
          }
        }
      />
    </>
  );
}

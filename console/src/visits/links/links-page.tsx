/** Read-only links to figures: made, listed, withdrawn. */
import type { SharedLink } from '@avow/protocol/staff/shared-links';
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { ConfirmDestructive } from '../../frame/confirm-destructive.tsx';
import { CopyButton } from '../../frame/copy-button.tsx';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { Page } from '../../frame/page.tsx';
import { AnswerPanel, Panel } from '../../frame/panel.tsx';
import { useFormats } from '../../texts/language.tsx';
import { texts } from '../texts.ts';
import { LinkForm } from './link-form.tsx';
import { linkTexts } from './texts.ts';

export function LinksPage() {
  const own = linkTexts.useTexts();
  const links = useAnswer('GET /visits/shared-links');
  const house = useAnswer('GET /visits/house');
  const segments = useAnswer('GET /visits/saved', { query: { kind: 'segment' } });
  const [made, setMade] = useState<string | null>(null);
  return (
    <Page title={own.title}>
      <Stack>
        {made !== null && (
          <Alert color="accent" title={own.made} role="status">
            <Group gap="sm">
              <Code style={{ overflowWrap: 'anywhere' }} data-link>
                {made}
              </Code>
              <CopyButton value={made} />
              <Button size="compact-sm" variant="default" onClick={() => setMade(null)}>
                {own.done}
              </Button>
            </Group>
          </Alert>
        )}
        <AnswerPanel
          title={own.title}
          hint={own.hint}
          answer={links}
          height={120}
          empty={(answer) => answer.links.length === 0 && { what: own.none, hint: own.noneHint }}
        >
          {(answer) => (
            <Links links={answer.links} names={new Map(house.data?.sites.map(({ id, name }) => [id, name]))} />
          )}
        </AnswerPanel>
        {house.data && (
          <Panel title={own.add}>
            <LinkForm
              house={house.data}
              segments={segments.data?.saved ?? []}
              made={(token) => setMade(`${location.origin}/shared#${token}`)}
            />
          </Panel>
        )}
      </Stack>
    </Page>
  );
}

function Links({ links, names }: { links: readonly SharedLink[]; names: ReadonlyMap<string, string> }) {
  const say = texts.useTexts();
  const own = linkTexts.useTexts();
  const { day, list } = useFormats();
  const queries = useQueryClient();
  const [going, setGoing] = useState<SharedLink | null>(null);
  const columns: Column<SharedLink>[] = [
    { key: 'name', header: own.name, cell: ({ name }) => name },
    {
      key: 'shows',
      header: own.shows,
      cell: ({ sites, segment, password }) => (
        <>
          <Text size="sm">
            {list(sites.map((id) => names.get(id) ?? id))}
            {segment !== null && ` · ${say.segment.chosen(segment)}`}
          </Text>
          {password && (
            <Text size="xs" c="dimmed">
              {own.withPassword}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'until',
      header: own.until,
      onWideOnly: true,
      cell: ({ validThrough }) => (validThrough ? day(validThrough) : own.forGood),
    },
    {
      key: 'act',
      header: '',
      align: 'end',
      cell: (link) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={own.withdrawOf(link.name)}
          onClick={() => setGoing(link)}
        >
          {own.withdraw}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label={own.title} rows={links} columns={columns} rowKey={({ id }) => id} />
      <ConfirmDestructive
        close={() => setGoing(null)}
        destruction={
          going && {
            title: own.withdrawOf(going.name),
            goes: [own.goes(going.name)],
            stays: [own.stays],
            type: null,
            button: own.withdraw,
            async act() {
              const outcome = await call('DELETE /visits/shared-links/:id', { params: { id: going.id } });
              await queries.invalidateQueries({ queryKey: ['GET /visits/shared-links'] });
              return outcome.ok ? null : outcome.refused;
            },
          }
        }
      />
    </>
  );
}

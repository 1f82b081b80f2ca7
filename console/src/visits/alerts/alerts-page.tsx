/** Alerts on spikes and drops, and who gets the weekly report. */
import type { Alert, VisitsHouse, WeeklyReport } from '@avow/protocol/staff/visits';
import { Button, List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { ConfirmDestructive } from '../../frame/confirm-destructive.tsx';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { Page } from '../../frame/page.tsx';
import { AnswerPanel, Panel } from '../../frame/panel.tsx';
import { useFormats } from '../../texts/language.tsx';
import { texts } from '../texts.ts';
import { AlertForm } from './alert-form.tsx';
import { alertTexts } from './texts.ts';

export function AlertsPage() {
  const own = alertTexts.useTexts();
  const alerts = useAnswer('GET /visits/alerts');
  const report = useAnswer('GET /visits/weekly-report');
  const house = useAnswer('GET /visits/house');
  return (
    <Page title={own.title}>
      <Stack>
        <AnswerPanel
          title={own.title}
          hint={own.hint}
          answer={alerts}
          height={120}
          empty={(answer) => answer.alerts.length === 0 && { what: own.none, hint: own.noneHint }}
        >
          {(answer) => <Alerts alerts={answer.alerts} house={house.data} />}
        </AnswerPanel>
        {house.data && (
          <Panel title={own.add}>
            <AlertForm house={house.data} />
          </Panel>
        )}
        <AnswerPanel
          title={own.report.title}
          hint={own.report.hint}
          answer={report}
          height={90}
          empty={({ to }) => to.length === 0 && { what: own.report.nobody, hint: own.report.nobodyHint }}
        >
          {(answer) => <Report report={answer} />}
        </AnswerPanel>
      </Stack>
    </Page>
  );
}

function Report({ report }: { report: WeeklyReport }) {
  const own = alertTexts.useTexts();
  return (
    <>
      <Text size="sm" c="dimmed">
        {own.report.to}
      </Text>
      <List size="sm">
        {report.to.map((address) => (
          <List.Item key={address}>{address}</List.Item>
        ))}
      </List>
      <Text size="sm">
        {own.report.language}: {own.report.inLanguage[report.language]}
      </Text>
    </>
  );
}

function Alerts({ alerts, house }: { alerts: readonly Alert[]; house: VisitsHouse | undefined }) {
  const say = texts.useTexts();
  const own = alertTexts.useTexts();
  const { day } = useFormats();
  const queries = useQueryClient();
  const [going, setGoing] = useState<Alert | null>(null);
  const about = ({ metric, site }: Alert) =>
    own.of(say.metric[metric], house?.sites.find(({ id }) => id === site)?.name ?? site ?? say.group);
  const rule = (alert: Alert) => own.text(alert.direction, alert.percent, alert.minimum);
  const columns: Column<Alert>[] = [
    { key: 'about', header: own.metric, cell: about },
    { key: 'kind', header: own.direction, cell: ({ direction }) => own[direction] },
    { key: 'rule', header: own.rule, cell: rule, onWideOnly: true },
    {
      key: 'state',
      header: own.state,
      cell: ({ since }) =>
        since ? (
          <Text size="sm" c="var(--avow-warning)">
            {own.since(since)}
          </Text>
        ) : (
          own.quiet
        ),
    },
    { key: 'created', header: own.created, cell: ({ created }) => day(created), onWideOnly: true },
    {
      key: 'act',
      header: '',
      align: 'end',
      cell: (alert) => (
        <Button size="compact-xs" variant="default" onClick={() => setGoing(alert)}>
          {own.remove}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label={own.title} rows={alerts} columns={columns} rowKey={({ id }) => id} />
      <ConfirmDestructive
        close={() => setGoing(null)}
        destruction={
          going && {
            title: own.remove,
            goes: [own.goes(`${about(going)}: ${rule(going)}`)],
            stays: [own.stays],
            type: null,
            button: own.remove,
            async act() {
              const outcome = await call('DELETE /visits/alerts/:id', { params: { id: going.id } });
              await queries.invalidateQueries({ queryKey: ['GET /visits/alerts'] });
              return outcome.ok ? null : outcome.refused;
            },
          }
        }
      />
    </>
  );
}

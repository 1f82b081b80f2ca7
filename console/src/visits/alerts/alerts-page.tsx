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

export function AlertsPage() {
  const say = texts.useTexts();
  const alerts = useAnswer('GET /visits/alerts');
  const report = useAnswer('GET /visits/weekly-report');
  const house = useAnswer('GET /visits/house');
  return (
    <Page title={say.alerts.title}>
      <Stack>
        <AnswerPanel
          title={say.alerts.title}
          hint={say.alerts.hint}
          answer={alerts}
          height={120}
          empty={(answer) => answer.alerts.length === 0 && { what: say.alerts.none, hint: say.alerts.noneHint }}
        >
          {(answer) => <Alerts alerts={answer.alerts} house={house.data} />}
        </AnswerPanel>
        {house.data && (
          <Panel title={say.alerts.add}>
            <AlertForm house={house.data} />
          </Panel>
        )}
        <AnswerPanel
          title={say.report.title}
          hint={say.report.hint}
          answer={report}
          height={90}
          empty={({ to }) => to.length === 0 && { what: say.report.nobody, hint: say.report.nobodyHint }}
        >
          {(answer) => <Report report={answer} />}
        </AnswerPanel>
      </Stack>
    </Page>
  );
}

function Report({ report }: { report: WeeklyReport }) {
  const say = texts.useTexts();
  return (
    <>
      <Text size="sm" c="dimmed">
        {say.report.to}
      </Text>
      <List size="sm">
        {report.to.map((address) => (
          <List.Item key={address}>{address}</List.Item>
        ))}
      </List>
      <Text size="sm">
        {say.report.language}: {say.report.inLanguage[report.language]}
      </Text>
    </>
  );
}

function Alerts({ alerts, house }: { alerts: readonly Alert[]; house: VisitsHouse | undefined }) {
  const say = texts.useTexts();
  const { day } = useFormats();
  const queries = useQueryClient();
  const [going, setGoing] = useState<Alert | null>(null);
  const about = ({ metric, site }: Alert) =>
    say.alerts.of(say.metric[metric], house?.sites.find(({ id }) => id === site)?.name ?? site ?? say.group);
  const rule = (alert: Alert) => say.alerts.text(alert.direction, alert.percent, alert.minimum);
  const columns: Column<Alert>[] = [
    { key: 'about', header: say.alerts.metric, cell: about },
    { key: 'kind', header: say.alerts.direction, cell: ({ direction }) => say.alerts[direction] },
    { key: 'rule', header: say.alerts.rule, cell: rule, onWideOnly: true },
    {
      key: 'state',
      header: say.alerts.state,
      cell: ({ since }) =>
        since ? (
          <Text size="sm" c="var(--avow-warning)">
            {say.alerts.since(since)}
          </Text>
        ) : (
          say.alerts.quiet
        ),
    },
    { key: 'created', header: say.alerts.created, cell: ({ created }) => day(created), onWideOnly: true },
    {
      key: 'act',
      header: '',
      align: 'end',
      cell: (alert) => (
        <Button size="compact-xs" variant="default" onClick={() => setGoing(alert)}>
          {say.alerts.remove}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label={say.alerts.title} rows={alerts} columns={columns} rowKey={({ id }) => id} />
      <ConfirmDestructive
        close={() => setGoing(null)}
        destruction={
          going && {
            title: say.alerts.remove,
            goes: [say.alerts.goes(`${about(going)}: ${rule(going)}`)],
            stays: [say.alerts.stays],
            type: null,
            button: say.alerts.remove,
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

import type { Settings } from '@avow/protocol/staff/operations';
import type { UseQueryResult } from '@tanstack/react-query';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { texts } from './texts.ts';

/** Sites, and suites with their editions and applications. */
export function SoldPanels({ answer }: { answer: UseQueryResult<Settings> }) {
  const { sites: sitesSay, suites: suitesSay } = texts.useTexts();
  const geography: Readonly<Record<string, string>> = sitesSay.geography;
  return (
    <>
      <AnswerPanel title={sitesSay.title} answer={answer} height={180}>
        {({ sites }) => (
          <DataTable
            label={sitesSay.title}
            rows={sites}
            rowKey={({ id }) => id}
            columns={[
              { key: 'name', header: sitesSay.columns.name, cell: ({ name }) => name },
              { key: 'hosts', header: sitesSay.columns.hosts, cell: ({ hosts }) => hosts.join(', ') },
              {
                key: 'events',
                header: sitesSay.columns.events,
                onWideOnly: true,
                cell: ({ events }) => events.join(', ') || '–',
              },
              {
                key: 'geography',
                header: sitesSay.columns.geography,
                onWideOnly: true,
                cell: (site) => geography[site.geography] ?? site.geography,
              },
            ]}
          />
        )}
      </AnswerPanel>
      <AnswerPanel title={suitesSay.title} answer={answer} height={120}>
        {({ suites }) => (
          <DataTable
            label={suitesSay.title}
            rows={suites}
            rowKey={({ id }) => id}
            columns={[
              { key: 'name', header: suitesSay.columns.name, cell: ({ name, version }) => `${name} ${version}` },
              {
                key: 'editions',
                header: suitesSay.columns.editions,
                cell: ({ editions }) => editions.map(({ name }) => name).join(', '),
              },
              {
                key: 'applications',
                header: suitesSay.columns.applications,
                onWideOnly: true,
                cell: ({ applications }) => applications.map(({ name }) => name).join(', '),
              },
              {
                key: 'legacy',
                header: suitesSay.columns.legacy,
                onWideOnly: true,
                cell: ({ legacySerialPattern }) =>
                  legacySerialPattern === null ? suitesSay.legacy.no : suitesSay.legacy.yes,
              },
            ]}
          />
        )}
      </AnswerPanel>
    </>
  );
}

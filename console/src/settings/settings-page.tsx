import type { Settings } from '@avow/protocol/staff/operations';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/answers.ts';
import { DataTable } from '../frame/data-table.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { useLanguage } from '../texts/language.tsx';
import { CheckPanel } from './check-panel.tsx';
import styles from './settings.module.css';
import { SoldPanels } from './sold-panels.tsx';
import { texts } from './texts.ts';

export function SettingsPage() {
  const say = texts.useTexts();
  const language = useLanguage();
  const answer = useAnswer('GET /settings');
  const readerNames: Readonly<Record<string, string>> = say.keeps.readerNames;
  const retentionNames: Readonly<Record<string, string>> = say.retention.names;
  return (
    <Page title={say.title}>
      <Text c="dimmed" mb="md">
        {say.hint(answer.data?.file ?? say.noFile)}
      </Text>
      <div className={styles.columns}>
        <AnswerPanel title={say.vendor.title} answer={answer} height={280}>
          {(settings) => <VendorFacts settings={settings} />}
        </AnswerPanel>
        <CheckPanel />
        <SoldPanels answer={answer} />
        <AnswerPanel title={say.retention.title} answer={answer} height={200}>
          {({ retention }) => (
            <DataTable
              label={say.retention.title}
              rows={retention}
              rowKey={({ name, site }) => `${name} ${site ?? ''}`}
              columns={[
                {
                  key: 'name',
                  header: say.retention.columns.name,
                  cell: ({ name, site }) => (
                    <>
                      {site === null ? (retentionNames[name] ?? name) : say.retention.ofSite(site)}{' '}
                      <Text span size="xs" c="dimmed">
                        {name}
                      </Text>
                    </>
                  ),
                },
                { key: 'days', header: say.retention.columns.days, align: 'end', cell: ({ days }) => days },
              ]}
            />
          )}
        </AnswerPanel>
        <div className={styles.whole}>
          <AnswerPanel title={say.keeps.title} hint={say.keeps.hint} answer={answer} height={480}>
            {({ keeps }) => (
              <DataTable
                label={say.keeps.title}
                rows={keeps}
                rowKey={({ purpose, table, database }) => `${database} ${purpose} ${table}`}
                columns={[
                  { key: 'purpose', header: say.keeps.columns.purpose, cell: ({ purpose }) => purpose },
                  { key: 'table', header: say.keeps.columns.table, cell: ({ table }) => table },
                  { key: 'why', header: say.keeps.columns.why, onWideOnly: true, cell: ({ why }) => why },
                  {
                    key: 'promises',
                    header: say.keeps.columns.promises,
                    onWideOnly: true,
                    cell: ({ promises }) => promises.join(', '),
                  },
                  { key: 'kept', header: say.keeps.columns.kept, cell: ({ keptFor }) => keptFor[language] },
                  {
                    key: 'readers',
                    header: say.keeps.columns.readers,
                    onWideOnly: true,
                    cell: ({ readers }) => readers.map((reader) => readerNames[reader] ?? reader).join(', '),
                  },
                ]}
              />
            )}
          </AnswerPanel>
        </div>
      </div>
    </Page>
  );
}

function VendorFacts({ settings }: { settings: Settings }) {
  const say = texts.useTexts().vendor;
  const { vendor, mail, timeZone, statement, publicUrl, edges } = settings;
  const facts: [string, ReactNode][] = [
    [say.name, vendor.name],
    [say.contact, vendor.contactEmail],
    [say.postal, vendor.postalAddress.join(', ')],
    [say.statement, say.statementOf(statement.version, statement.effective)],
    [say.from, mail.from],
    [say.zone, timeZone],
    [say.publicUrl, publicUrl],
    [say.edges, edges.join(', ')],
    [say.vaultName, vendor.vaultName],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}

import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Stack, Text } from '@mantine/core';
import { CopyButton } from '../frame/copy-button.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { Panel } from '../frame/panel.tsx';
import { useLanguage } from '../texts/language.tsx';
import { countryName, fieldName } from './field-names.ts';
import styles from './people.module.css';
import { texts } from './texts.ts';

export function FieldsPanel({ person }: { person: OpenedPerson }) {
  const { record: say, languages } = texts.useTexts();
  const language = useLanguage();
  const told = (field: string, value: string): string => {
    if (field === 'country' || field === 'address.country') return countryName(value, language);
    if (field === 'language') return value === 'de' ? languages.de : languages.en;
    return value;
  };
  const proposal = person.proposedEmail;
  return (
    <Panel title={say.fields}>
      <Stack gap="sm">
        <DataTable
          label={say.fields}
          rows={person.fields}
          rowKey={({ field }) => field}
          columns={[
            { key: 'field', header: say.columns.field, cell: ({ field }) => fieldName(field, language) },
            {
              key: 'value',
              header: say.columns.value,
              cell: ({ field, value }) => (
                <span className={styles.said}>
                  {told(field, value)}
                  {field === 'email' && <CopyButton value={value} />}
                </span>
              ),
            },
            {
              key: 'source',
              header: say.columns.source,
              onWideOnly: true,
              cell: ({ source: { act, day } }) => say.source(say.acts[act] ?? act, day),
            },
          ]}
        />
        {proposal && (
          <Text size="sm">
            {proposal.objectedOn !== null
              ? say.objected(proposal.address, proposal.objectedOn)
              : say.proposed[proposal.by](proposal.address, proposal.until)}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

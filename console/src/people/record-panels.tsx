/** The parts of a record that are looked at, not worked with. */
import type { OpenedPerson } from '@avow/protocol/staff/people';
import { Stack, Text } from '@mantine/core';
import { DataTable } from '../frame/data-table.tsx';
import { Panel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useMailPurpose } from '../texts/mail-purposes.ts';
import { fieldName } from './field-names.ts';
import styles from './people.module.css';
import { texts } from './texts.ts';

interface Part {
  person: OpenedPerson;
}

const none = (text: string) => <Text c="dimmed">{text}</Text>;

export function ProductsPanel({ person: { products } }: Part) {
  const say = texts.useTexts().record;
  return (
    <Panel title={say.products}>
      {products.length === 0 ? (
        none(say.noProducts)
      ) : (
        <DataTable
          label={say.products}
          rows={products}
          rowKey={({ registrationId }) => registrationId}
          columns={[
            {
              key: 'product',
              header: say.productColumns.product,
              cell: ({ product, edition }) => `${product} ${edition}`,
            },
            { key: 'serial', header: say.productColumns.serial, cell: ({ serial }) => serial },
            {
              key: 'version',
              header: say.productColumns.version,
              onWideOnly: true,
              cell: ({ softwareVersion, discVersion }) => softwareVersion ?? discVersion ?? '–',
            },
            { key: 'state', header: say.productColumns.state, cell: ({ state }) => say.states[state] },
            {
              key: 'day',
              header: say.productColumns.day,
              onWideOnly: true,
              cell: ({ day }) => <RelativeTime at={day} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}

export function QuestionsPanel({ person: { questions } }: Part) {
  const say = texts.useTexts().record;
  const language = useLanguage();
  if (questions.length === 0) return null;
  return (
    <Panel title={say.questions}>
      <Stack gap="md">
        {questions.map(({ questionId, field, question, answer, day, answeredOn }) => (
          <div key={questionId}>
            <Text fw={600}>{fieldName(field, language)}</Text>
            <Text className={styles.said}>{question}</Text>
            <Text size="sm" c="dimmed">
              {say.askedOn(day)}
            </Text>
            <Text className={styles.said} mt={4} c={answer === null ? 'dimmed' : 'inherit'}>
              {answer ?? say.unanswered}
            </Text>
            {answeredOn && (
              <Text size="sm" c="dimmed">
                {say.answeredOn(answeredOn)}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

export function ChangesPanel({ person: { changes } }: Part) {
  const say = texts.useTexts().record;
  const language = useLanguage();
  return (
    <Panel title={say.changes}>
      {changes.length === 0 ? (
        none(say.noChanges)
      ) : (
        <DataTable
          label={say.changes}
          rows={changes.map((change, number) => ({ ...change, number }))}
          rowKey={({ number }) => String(number)}
          columns={[
            { key: 'day', header: say.changeColumns.day, cell: ({ day }) => <RelativeTime at={day} /> },
            { key: 'field', header: say.changeColumns.field, cell: ({ field }) => fieldName(field, language) },
            { key: 'before', header: say.changeColumns.before, cell: ({ before }) => before || say.empty },
            { key: 'after', header: say.changeColumns.after, cell: ({ after }) => after || say.empty },
            { key: 'by', header: say.changeColumns.by, onWideOnly: true, cell: ({ by }) => say.by[by] },
          ]}
        />
      )}
    </Panel>
  );
}

export function ConsentsPanel({ person: { consents } }: Part) {
  const say = texts.useTexts().record;
  return (
    <Panel title={say.consents}>
      {consents.length === 0 ? (
        none(say.noConsents)
      ) : (
        <Stack gap="sm">
          {consents.map(({ given, words, statementVersion, day }) => (
            <div key={`${day} ${statementVersion} ${given}`}>
              <Text fw={600}>{given ? say.given : say.notGiven}</Text>
              <Text size="sm" className={styles.said}>
                “{words}”
              </Text>
              <Text size="sm" c="dimmed">
                {say.consentOf(statementVersion, day)}
              </Text>
            </div>
          ))}
        </Stack>
      )}
    </Panel>
  );
}

export function MailsPanel({ person: { mails } }: Part) {
  const mailPurpose = useMailPurpose();
  const say = texts.useTexts().record;
  return (
    <Panel title={say.mails} hint={say.mailsHint}>
      {mails.length === 0 ? (
        none(say.noMails)
      ) : (
        <DataTable
          label={say.mails}
          rows={mails.map((mail, number) => ({ ...mail, number }))}
          rowKey={({ number }) => String(number)}
          columns={[
            { key: 'purpose', header: say.mailColumns.purpose, cell: (mail) => mailPurpose(mail.purpose) },
            { key: 'state', header: say.mailColumns.state, cell: ({ state }) => say.mailStates[state] },
            { key: 'day', header: say.mailColumns.day, cell: ({ day }) => <RelativeTime at={day} /> },
          ]}
        />
      )}
    </Panel>
  );
}

export function AccessesPanel({ person: { accesses } }: Part) {
  const { record: say, purpose } = texts.useTexts();
  return (
    <Panel title={say.accesses} hint={say.accessesHint}>
      <DataTable
        label={say.accesses}
        rows={accesses.map((access, number) => ({ ...access, number }))}
        rowKey={({ number }) => String(number)}
        columns={[
          { key: 'day', header: say.accessColumns.day, cell: ({ day }) => <RelativeTime at={day} /> },
          {
            key: 'purpose',
            header: say.accessColumns.purpose,
            cell: (access) => purpose.choices[access.purpose],
          },
          {
            key: 'staff',
            header: say.accessColumns.staff,
            cell: ({ staff }) => (staff === 'operator' ? say.operator : (staff ?? say.former)),
          },
        ]}
      />
    </Panel>
  );
}

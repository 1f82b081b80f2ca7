import type { WaitingCase } from '@avow/protocol/staff/people';
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useLanguage } from '../texts/language.tsx';
import { fieldName } from './field-names.ts';
import { texts } from './texts.ts';

/** Cases that wait for staff, each closed until it is opened for a purpose. */
export function WaitingPanel<Answer>(panel: {
  title: string;
  hint: string;
  answer: UseQueryResult<Answer>;
  cases(answer: Answer): readonly WaitingCase[];
  nothing: { what: string; hint: string };
  open(id: string): void;
}) {
  const { waiting: say, languages } = texts.useTexts();
  const language = useLanguage();
  return (
    <AnswerPanel
      title={panel.title}
      hint={panel.hint}
      answer={panel.answer}
      height={160}
      empty={(answer) => panel.cases(answer).length === 0 && panel.nothing}
    >
      {(answer) => (
        <DataTable
          label={panel.title}
          rows={panel.cases(answer)}
          rowKey={({ id }) => id}
          columns={[
            { key: 'field', header: say.columns.field, cell: ({ field }) => fieldName(field, language) },
            {
              key: 'language',
              header: say.columns.language,
              onWideOnly: true,
              width: '7rem',
              cell: (one) => languages[one.language],
            },
            {
              key: 'day',
              header: say.columns.day,
              width: '8rem',
              cell: ({ day }) => <RelativeTime at={day} />,
            },
            {
              key: 'act',
              header: say.columns.act,
              width: '6rem',
              cell: ({ id, field, day }) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={say.openOf(fieldName(field, language), day)}
                  onClick={() => panel.open(id)}
                >
                  {say.open}
                </Button>
              ),
            },
          ]}
        />
      )}
    </AnswerPanel>
  );
}

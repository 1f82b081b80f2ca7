import { useAnswer } from '../api/answers.ts';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useFormats } from '../texts/language.tsx';
import { texts } from './texts.ts';

export function AlarmsPanel() {
  const say = texts.useTexts();
  const { number } = useFormats();
  const names: Readonly<Record<string, string>> = say.alarms.what;
  return (
    <AnswerPanel
      title={say.alarms.title}
      hint={say.alarms.hint}
      answer={useAnswer('GET /serials/alarms')}
      height={120}
      empty={({ alarms }) => alarms.length === 0 && { what: say.alarms.none, hint: say.alarms.noneHint }}
    >
      {({ alarms }) => (
        <DataTable
          label={say.alarms.title}
          rows={alarms}
          rowKey={({ day, what }) => `${day} ${what}`}
          columns={[
            {
              key: 'day',
              header: say.alarms.columns.day,
              width: '7.5rem',
              cell: ({ day }) => <RelativeTime at={day} />,
            },
            { key: 'what', header: say.alarms.columns.what, cell: ({ what }) => names[what] ?? what },
            {
              key: 'count',
              header: say.alarms.columns.count,
              align: 'end',
              width: '4rem',
              cell: ({ count }) => number(count),
            },
          ]}
        />
      )}
    </AnswerPanel>
  );
}

import { Text } from '@mantine/core';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function LinksPanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().links;
  const { number, duration } = useFormats();
  const ago = (seconds: number | null) => (seconds === null ? say.never : say.ago(duration(seconds)));
  return (
    <AnswerPanel
      title={say.title}
      hint={say.hint}
      answer={state}
      height={140}
      empty={({ links }) => links.length === 0 && { what: say.none, hint: say.noneHint }}
    >
      {({ links }) => (
        <DataTable
          label={say.title}
          rows={links}
          rowKey={({ edge }) => edge}
          columns={[
            { key: 'edge', header: say.columns.edge, cell: ({ edge }) => edge.replace(/^https?:\/\//, '') },
            {
              key: 'state',
              header: say.columns.state,
              cell: ({ connected }) => (
                <Text span inherit c={connected ? 'var(--avow-good)' : 'var(--avow-bad)'}>
                  {connected ? say.connected : say.away}
                </Text>
              ),
            },
            {
              key: 'answered',
              header: say.columns.answered,
              align: 'end',
              cell: ({ lastAnswerSeconds }) => ago(lastAnswerSeconds),
            },
            {
              key: 'waiting',
              header: say.columns.waiting,
              align: 'end',
              cell: ({ spoolDepth }) => (spoolDepth === null ? '–' : number(spoolDepth)),
            },
            {
              key: 'oldest',
              header: say.columns.oldest,
              align: 'end',
              onWideOnly: true,
              cell: ({ spoolOldestDays: days }) => (days === null ? '–' : days === 0 ? say.today : say.daysOld(days)),
            },
            {
              key: 'hand',
              header: say.columns.hand,
              align: 'end',
              onWideOnly: true,
              cell: ({ inHand }) => number(inHand),
            },
            {
              key: 'drain',
              header: say.columns.drain,
              align: 'end',
              onWideOnly: true,
              cell: ({ lastDrainSeconds }) => ago(lastDrainSeconds),
            },
          ]}
        />
      )}
    </AnswerPanel>
  );
}

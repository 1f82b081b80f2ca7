/** How versions take over from one another. */
import { useAnswer } from '../api/answers.ts';
import { AnswerPanel } from '../frame/panel.tsx';
import { Lines, MOST_LINES } from './lines.tsx';
import { texts } from './texts.ts';

export function AdoptionPanel({ product }: { product: string }) {
  const say = texts.useTexts();
  const answer = useAnswer('GET /improvement/shares', { query: { product, kind: 'versions' } });
  return (
    <AnswerPanel
      title={say.versions}
      hint={say.versionsHint}
      answer={answer}
      height={280}
      empty={({ series }) => series.length === 0 && { what: say.empty, hint: say.emptyHint }}
    >
      {({ weeks, series }) => (
        <Lines
          label={say.versions}
          weeks={weeks}
          series={series.slice(0, MOST_LINES).map(({ label, shares }) => ({ name: label, values: shares }))}
          format={say.percent}
          withheld={say.withheld}
        />
      )}
    </AnswerPanel>
  );
}

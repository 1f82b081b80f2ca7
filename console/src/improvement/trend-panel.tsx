/** Weekly actives and new installations. */
import { Text } from '@mantine/core';
import { useAnswer } from '../api/answers.ts';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import { Lines } from './lines.tsx';
import { texts } from './texts.ts';

export function TrendPanel({ product }: { product: string }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const answer = useAnswer('GET /improvement/trend', { query: { product } });
  return (
    <AnswerPanel
      title={say.trend}
      hint={say.trendHint}
      answer={answer}
      height={300}
      empty={({ points }) => points.length === 0 && { what: say.none, hint: say.noneHint }}
    >
      {({ points }) => {
        const distinct = points.at(-1)?.distinctInFourWeeks;
        return (
          <>
            <Lines
              label={say.trend}
              weeks={points.map(({ week }) => week)}
              series={[
                { name: say.actives, values: points.map(({ actives }) => actives) },
                { name: say.newInstallations, values: points.map(({ newInstallations }) => newInstallations) },
              ]}
              format={(value) => number(value)}
              withheld={say.withheld}
            />
            {distinct && (
              <Text size="sm" c="dimmed">
                {say.distinct(number(distinct.atLeast), number(distinct.atMost))}
              </Text>
            )}
          </>
        );
      }}
    </AnswerPanel>
  );
}

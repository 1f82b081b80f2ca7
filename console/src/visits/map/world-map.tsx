/** Countries by visitors, on a map. The table beside it says the same in words. */
import type { Answer } from '@avow/protocol/staff/visits';
import { World } from '../../frame/world.tsx';
import { useFormats } from '../../texts/language.tsx';
import { useValueLabel } from '../figures/values.ts';
import { texts } from '../texts.ts';

export function WorldMap({ answer, pick }: { answer: Answer; pick(country: string): void }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const told = useValueLabel();
  const figures = new Map(
    answer.rows.map(({ dimensions, figures: { visitors } }) => [dimensions.country ?? '', visitors]),
  );
  return (
    <World
      label={say.list.map}
      value={(code) => {
        const figure = figures.get(code);
        return figure?.suppressed ? 'suppressed' : (figure?.value ?? null);
      }}
      describe={(code) => {
        const figure = figures.get(code);
        const count = figure?.suppressed ? say.suppressed.few(answer.suppressedBelow) : number(figure?.value ?? 0);
        return `${told('country', code)}: ${count}`;
      }}
      pick={pick}
    />
  );
}

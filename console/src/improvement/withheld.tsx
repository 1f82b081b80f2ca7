import suppressed from '../frame/suppressed.module.css';
import { texts } from './texts.ts';

/** A figure that is not told: too small itself, or hidden because a small one would follow from it. Never zero, never blank. */
export function Withheld({ threshold }: { threshold: number }) {
  const say = texts.useTexts();
  return (
    <span className={suppressed.hatched} title={say.withheldWhy(threshold)}>
      {say.withheld}
    </span>
  );
}

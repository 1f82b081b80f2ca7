/** How many are here now; opens the view of it. */
import { Button } from '@mantine/core';
import { useFormats } from '../../texts/language.tsx';
import { useRealtime } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { texts } from '../texts.ts';
import styles from './now.module.css';

export function NowButton({ site, open }: { site: string | undefined; open(): void }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { may } = useSource();
  const { data } = useRealtime(site, may.seeRealtime);
  if (!may.seeRealtime) return null;
  const told = data?.activeVisits.filter(({ suppressed }) => !suppressed) ?? [];
  const hidden = data !== undefined && told.length < data.activeVisits.length;
  const sum = told.reduce((total, { value }) => total + (value ?? 0), 0);
  const count = hidden ? say.suppressed.few(data.suppressedBelow + sum) : number(sum);
  return (
    <Button
      variant="subtle"
      color="gray"
      size="xs"
      fw={500}
      onClick={open}
      aria-label={`${say.now.open}: ${say.now.active(count)}`}
    >
      <span className={styles.live} />
      {data ? say.now.active(count) : say.now.open}
    </Button>
  );
}

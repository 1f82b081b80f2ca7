import { Group, Progress, Text } from '@mantine/core';
import { texts } from './texts.ts';

/** Long work: how much, how fast, how long still. */
export function WorkProgress(work: {
  /** Names the bar for screen readers. */
  label: string;
  done: number;
  /** Null while nobody knows. */
  total: number | null;
  perSecond: number | null;
  /** What stands still shows no speed. */
  running: boolean;
}) {
  const say = texts.useTexts();
  const { done, total, perSecond, running } = work;
  const percent = total ? Math.min(100, (done / total) * 100) : 0;
  const moving = running && perSecond !== null && perSecond > 0;
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section value={percent} aria-label={work.label} animated={running} />
      </Progress.Root>
      <Group gap="md" mt={4}>
        <Text size="sm">{total === null ? say.rows(done) : say.work.of(done, total)}</Text>
        {moving && (
          <Text size="sm" c="dimmed">
            {say.work.rate(perSecond)}
          </Text>
        )}
        {moving && total !== null && (
          <Text size="sm" c="dimmed">
            {say.work.left((total - done) / perSecond)}
          </Text>
        )}
      </Group>
    </div>
  );
}

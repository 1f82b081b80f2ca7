import { Text } from '@mantine/core';
import styles from './suppressed.module.css';
import { texts } from './texts.ts';

/** A figure that is withheld because too few people are behind it: never zero, never blank. */
export function Suppressed({ least, explained = false }: { least: number; explained?: boolean }) {
  const say = texts.useTexts();
  return (
    <>
      <span className={styles.hatched} title={say.suppressedWhy(least)}>
        {say.suppressed(least)}
      </span>
      {explained && (
        <Text size="sm" c="dimmed" mt="xs">
          {say.suppressedWhy(least)}
        </Text>
      )}
    </>
  );
}

import { UnstyledButton } from '@mantine/core';
import { Keys } from './keys.tsx';
import styles from './palette-button.module.css';
import { texts } from './texts.ts';

/** Opens the command palette, and says how the keyboard does. */
export function PaletteButton({ open }: { open(): void }) {
  const say = texts.useTexts();
  return (
    <UnstyledButton className={styles.button} onClick={open}>
      <span>{say.search}</span>
      <Keys keys="mod+k" />
    </UnstyledButton>
  );
}

import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../frame/copy-button.tsx';
import styles from './recovery-codes.module.css';
import { texts } from './texts.ts';

/** Shown once: to copy, print or save, and to go on only when somebody says that they are kept. */
export function RecoveryCodes({ codes, email, done }: { codes: readonly string[]; email: string; done(): void }) {
  const say = texts.useTexts().recovery;
  const [kept, setKept] = useState(false);
  const text = `${say.fileHead(email, location.host)}\n\n${codes.join('\n')}\n`;
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = say.file;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Stack gap="md">
      <Text>{say.why}</Text>
      <ul className={styles.codes} aria-label={say.list}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" className={styles.acts ?? ''}>
        <CopyButton value={text} label={say.copy} />
        <Button size="compact-sm" variant="default" onClick={() => window.print()}>
          {say.print}
        </Button>
        <Button size="compact-sm" variant="default" onClick={save}>
          {say.download}
        </Button>
      </Group>
      <Checkbox
        className={styles.acts ?? ''}
        label={say.kept}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button className={styles.acts ?? ''} disabled={!kept} onClick={done}>
        {say.done}
      </Button>
    </Stack>
  );
}

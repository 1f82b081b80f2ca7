import { Button, CopyButton as Copy } from '@mantine/core';
import { texts } from './texts.ts';

/** Puts `value` on the clipboard and says so, to screen readers too. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const say = texts.useTexts();
  return (
    <Copy value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy} miw={90}>
          <span aria-live="polite">{copied ? say.copied : (label ?? say.copy)}</span>
        </Button>
      )}
    </Copy>
  );
}

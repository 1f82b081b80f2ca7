import { TextInput } from '@mantine/core';
import { texts } from './texts.ts';

/** Six digits; people paste them with spaces. */
export function CodeField(field: {
  value: string;
  onChange(value: string): void;
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const say = texts.useTexts().totp;
  return (
    <TextInput
      label={say.code}
      description={say.codeHint}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      withAsterisk={false}
      maxLength={9}
      value={field.value}
      data-autofocus={field.autoFocus}
      onChange={(event) => field.onChange(event.currentTarget.value.replace(/[^\d]/g, '').slice(0, 6))}
      error={field.error}
    />
  );
}

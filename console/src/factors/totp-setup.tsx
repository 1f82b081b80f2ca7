import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../frame/copy-button.tsx';
import { QrCode } from './qr-code.tsx';
import { texts } from './texts.ts';

/** The secret of an authenticator app as picture and as text; under it the field for the first code. */
export function TotpSetup({ otpauth, secret, children }: { otpauth: string; secret: string; children: ReactNode }) {
  const say = texts.useTexts().totp;
  return (
    <Stack gap="sm">
      <Text>{say.scan}</Text>
      <QrCode text={otpauth} label={say.qr} />
      <div>
        <Text size="sm" c="dimmed">
          {say.byHand}
        </Text>
        <Group gap="xs">
          <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </Code>
          <CopyButton value={secret} />
        </Group>
      </div>
      {children}
    </Stack>
  );
}

import { Stack } from '@mantine/core';
import { useAnswer } from '../api/answers.ts';
import { Page } from '../frame/page.tsx';
import styles from './account.module.css';
import { LookPanel } from './look-panel.tsx';
import { PasskeysPanel } from './passkeys-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { RecoveryPanel } from './recovery-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { texts } from './texts.ts';
import { YouPanel } from './you-panel.tsx';

export function AccountPage() {
  const say = texts.useTexts();
  const account = useAnswer('GET /account');
  return (
    <Page title={say.title}>
      <div className={styles.columns}>
        <Stack>
          <PasskeysPanel account={account} />
          <PasswordPanel account={account} />
          <RecoveryPanel account={account} />
        </Stack>
        <Stack>
          <YouPanel account={account} />
          <LookPanel />
          <SessionsPanel account={account} />
        </Stack>
      </div>
    </Page>
  );
}

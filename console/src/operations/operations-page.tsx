import { useQuery } from '@tanstack/react-query';
import { answerOptions } from '../api/answers.ts';
import { Page } from '../frame/page.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { EnginesPanel } from './engines-panel.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { LinksPanel } from './links-panel.tsx';
import { MailPanel } from './mail-panel.tsx';
import styles from './operations.module.css';
import { SetAsidePanel } from './set-aside-panel.tsx';
import { TasksPanel } from './tasks-panel.tsx';
import { texts } from './texts.ts';
import { TroubledMailsPanel } from './troubled-mails-panel.tsx';

const LOOK_EVERY_MS = 5_000;

export function OperationsPage() {
  const say = texts.useTexts();
  const state = useQuery({ ...answerOptions('GET /operations'), refetchInterval: LOOK_EVERY_MS });
  return (
    <Page title={say.title}>
      <div className={styles.columns}>
        <div className={styles.whole}>
          <AlarmsPanel state={state} />
        </div>
        <div className={styles.whole}>
          <LinksPanel state={state} />
        </div>
        <EnginesPanel state={state} />
        <KeysPanel state={state} />
        <MailPanel state={state} />
        <TroubledMailsPanel />
        <SetAsidePanel state={state} />
        <div className={styles.whole}>
          <TasksPanel state={state} />
        </div>
      </div>
    </Page>
  );
}

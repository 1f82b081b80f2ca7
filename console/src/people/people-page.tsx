import { useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { Page } from '../frame/page.tsx';
import { FindPanel } from './find-panel.tsx';
import styles from './people.module.css';
import { PurposeDialogue, type Wanted } from './purpose-dialogue.tsx';
import { texts } from './texts.ts';
import { WaitingPanel } from './waiting-panel.tsx';

export function PeoplePage() {
  const say = texts.useTexts();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const requests = useAnswer('GET /people/requests');
  const questions = useAnswer('GET /people/questions');
  return (
    <Page title={say.title}>
      <div className={styles.columns}>
        <div className={styles.whole}>
          <FindPanel open={(personId) => setWanted({ what: 'person', id: personId })} />
        </div>
        <WaitingPanel
          title={say.waiting.requests}
          hint={say.waiting.requestsHint}
          answer={requests}
          cases={({ requests: cases }) => cases}
          nothing={{ what: say.waiting.noRequests, hint: say.waiting.noRequestsHint }}
          open={(id) => setWanted({ what: 'request', id })}
        />
        <WaitingPanel
          title={say.waiting.answers}
          hint={say.waiting.answersHint(questions.data?.unanswered ?? 0)}
          answer={questions}
          cases={({ answered }) => answered}
          nothing={{ what: say.waiting.noAnswers, hint: say.waiting.noAnswersHint }}
          open={(id) => setWanted({ what: 'question', id })}
        />
      </div>
      <PurposeDialogue wanted={wanted} close={() => setWanted(null)} />
    </Page>
  );
}

import type { Job } from '@avow/protocol/staff/jobs';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOptions } from '../api/answers.ts';
import { call, type Refused } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel, Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { WorkProgress } from '../frame/work-progress.tsx';
import { JobAbout } from './job-about.tsx';
import { JobFilePanel } from './job-file-panel.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { colourOf, jobName, LOOK_EVERY_MS, UNFINISHED } from './job-words.ts';
import { texts } from './texts.ts';

type Act = 'pause' | 'resume' | 'cancel';

/** Takes over what an act answered, and lets the list be asked for anew. */
function keep(job: Job): void {
  queryClient.setQueryData(answerOptions('GET /jobs/:id', { params: { id: job.id } }).queryKey, job);
  void queryClient.invalidateQueries({ queryKey: answerOptions('GET /jobs').queryKey });
}

export function JobPage() {
  const say = texts.useTexts();
  const { id } = useParams({ from: '/signed-in/jobs/$id' });
  const answer = useQuery({
    ...answerOptions('GET /jobs/:id', { params: { id } }),
    refetchInterval: ({ state }) => (state.data && UNFINISHED.has(state.data.state) ? LOOK_EVERY_MS : false),
  });
  const job = answer.data;
  return (
    <Page title={job ? jobName(say, job) : say.title} crumbs={[{ label: say.title, to: '/jobs' }]}>
      <Stack>
        <AnswerPanel title={say.progress} answer={answer} height={96}>
          {(told) => <Steering job={told} />}
        </AnswerPanel>
        {job && <JobOutcome job={job} />}
        {job?.file && <JobFilePanel job={job} file={job.file} keep={keep} />}
        {job && (
          <Panel title={say.about}>
            <JobAbout job={job} />
          </Panel>
        )}
      </Stack>
    </Page>
  );
}

function Steering({ job }: { job: Job }) {
  const say = texts.useTexts();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const { id, state, kind, steerable } = job;

  async function steer(act: Act): Promise<Refused | null> {
    const route = `POST /jobs/:id/${act}` as const;
    const outcome = await call(route, { params: { id }, body: {} });
    if (outcome.ok) keep(outcome.answer);
    return outcome.ok ? null : outcome.refused;
  }
  const cancel = () =>
    setDestruction({
      title: say.cancelTitle,
      goes: [say.cancelGoes[kind]],
      stays: [say.cancelStays],
      type: null,
      button: say.cancelButton,
      act: () => steer('cancel'),
    });
  const pausable = steerable && (state === 'waiting' || state === 'running');
  const resumable = steerable && state === 'paused';
  useShortcuts([
    ...(pausable ? [{ keys: 'p', label: say.pause, group: say.title, act: () => void steer('pause') }] : []),
    ...(resumable ? [{ keys: 'p', label: say.resume, group: say.title, act: () => void steer('resume') }] : []),
  ]);
  return (
    <Stack gap="sm">
      <Text role="status" c={colourOf(state)} fw={600}>
        {say.states[state]}
      </Text>
      {state !== 'cancelled' && (
        <WorkProgress
          label={jobName(say, job)}
          done={job.done}
          total={job.total}
          perSecond={job.perSecond}
          running={state === 'running'}
        />
      )}
      {state === 'waiting' && <Text c="dimmed">{say.waitingFor}</Text>}
      {state === 'paused' && <Text c="dimmed">{say.pausedAt}</Text>}
      {refused && <RefusalNote refused={refused} />}
      {(pausable || resumable) && (
        <Group gap="sm">
          {pausable && (
            <Button variant="default" onClick={async () => setRefused(await steer('pause'))}>
              {say.pause}
            </Button>
          )}
          {resumable && <Button onClick={async () => setRefused(await steer('resume'))}>{say.resume}</Button>}
          <Button variant="default" c="var(--avow-bad)" onClick={cancel}>
            {say.cancel}
          </Button>
        </Group>
      )}
      <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
    </Stack>
  );
}

import type { Job } from '@avow/protocol/staff/jobs';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOptions } from '../api/answers.ts';
import { DataTable } from '../frame/data-table.tsx';
import { TextLink } from '../frame/links.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { askedBy, colourOf, jobName, LOOK_EVERY_MS, UNFINISHED } from './job-words.ts';
import { texts } from './texts.ts';

const IDLE_MS = 15_000;

export function JobsPage() {
  const say = texts.useTexts();
  const answer = useQuery({
    ...answerOptions('GET /jobs'),
    refetchInterval: ({ state }) =>
      state.data?.jobs.some((job) => UNFINISHED.has(job.state)) ? LOOK_EVERY_MS : IDLE_MS,
  });
  return (
    <Page title={say.title}>
      <AnswerPanel
        title={say.title}
        hint={say.hint}
        answer={answer}
        height={320}
        empty={({ jobs }) => jobs.length === 0 && { what: say.none, hint: say.noneHint }}
      >
        {({ jobs }) => <Jobs jobs={jobs} />}
      </AnswerPanel>
    </Page>
  );
}

function Jobs({ jobs }: { jobs: readonly Job[] }) {
  const say = texts.useTexts();
  return (
    <DataTable
      label={say.title}
      rows={jobs}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'what',
          header: say.columns.what,
          cell: (job) => (
            <TextLink to="/jobs/$id" params={{ id: job.id }}>
              {jobName(say, job)}
            </TextLink>
          ),
        },
        {
          key: 'state',
          header: say.columns.state,
          width: '9rem',
          cell: ({ state }) => (
            <Text span inherit c={colourOf(state)}>
              {say.states[state]}
            </Text>
          ),
        },
        {
          key: 'progress',
          header: say.columns.progress,
          align: 'end',
          width: '7rem',
          cell: ({ done, total }) => (total ? say.percent(Math.min(1, done / total)) : '–'),
        },
        { key: 'by', header: say.columns.by, onWideOnly: true, width: '12rem', cell: (job) => askedBy(say, job) },
        {
          key: 'day',
          header: say.columns.day,
          onWideOnly: true,
          width: '9rem',
          cell: ({ day }) => <RelativeTime at={day} />,
        },
      ]}
    />
  );
}

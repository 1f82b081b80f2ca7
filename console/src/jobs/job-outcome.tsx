import type { Job } from '@avow/protocol/staff/jobs';
import { Alert, Stack, Text } from '@mantine/core';
import { Figure } from '../frame/figure.tsx';
import { ButtonLink, TextLink } from '../frame/links.tsx';
import { Panel } from '../frame/panel.tsx';
import styles from './job.module.css';
import { texts } from './texts.ts';

/** What came of a job, or what has come of it so far. */
export function JobOutcome({ job }: { job: Job }) {
  const say = texts.useTexts();
  const { figures, problem } = job;
  const told = Object.entries(say.figures).flatMap(([name, label]) => {
    const value = figures[name];
    return typeof value === 'number' ? [{ name, label, value }] : [];
  });
  if (told.length === 0 && !problem) return null;
  return (
    <Panel title={say.result}>
      <Stack gap="sm">
        {problem && (
          <Alert color="red" variant="light" role="alert">
            <Text>{say.problems[problem.code]}</Text>
            {problem.detail && <Text size="sm">{problem.detail}</Text>}
          </Alert>
        )}
        {told.length > 0 && (
          <div className={styles.figures}>
            {told.map(({ name, label, value }) => (
              <Figure key={name} label={label} value={value} />
            ))}
          </div>
        )}
        {job.state === 'done' && <Ending job={job} />}
      </Stack>
    </Panel>
  );
}

function Ending({ job }: { job: Job }) {
  const say = texts.useTexts();
  const { about, figures, kind, steerable } = job;
  if (kind === 'serials.generate') {
    return (
      <TextLink to="/serials/batches/$id" params={{ id: job.id }}>
        {say.toBatch}
      </TextLink>
    );
  }
  if (kind === 'visits.export') return null;
  if (kind === 'visits.import') return <ImportedFigures job={job} />;
  const { fresh = 0, refused = 0, stored } = figures;
  if (stored === true) return <Text c="var(--avow-good)">{say.outcome.stored(Number(fresh))}</Text>;
  const again = about.dryRun === true && Number(fresh) > 0 && steerable;
  const search = Object.fromEntries(
    ['file', 'suite', 'edition', 'column', 'note'].flatMap((name) =>
      typeof about[name] === 'string' ? [[name, about[name]]] : [],
    ),
  );
  return (
    <>
      <Text>{about.dryRun ? say.outcome.dry : Number(refused) > 0 ? say.outcome.refused : say.outcome.nothing}</Text>
      {again && (
        <div>
          <ButtonLink to="/serials/import" search={search}>
            {say.importNow}
          </ButtonLink>
        </div>
      )}
    </>
  );
}

function ImportedFigures({ job: { about, figures, steerable } }: { job: Job }) {
  const say = texts.useTexts();
  const { firstDay, lastDay, stored } = figures;
  const days = typeof firstDay === 'string' && typeof lastDay === 'string' ? [firstDay, lastDay] : null;
  const [from = '', to = ''] = days ?? [];
  const { file, site, format: program } = about;
  const again = about.dryRun === true && days !== null && steerable;
  const found = typeof file === 'string' && typeof site === 'string' && typeof program === 'string';
  return (
    <>
      {days && stored === true && <Text c="var(--avow-good)">{say.outcome.figures(from, to)}</Text>}
      {days && stored !== true && <Text>{say.outcome.wouldBe(from, to)}</Text>}
      {stored !== true && <Text>{about.dryRun ? say.outcome.dry : say.outcome.nothing}</Text>}
      {again && found ? (
        <div>
          <ButtonLink to="/visits/imports" search={{ file, site, program }}>
            {say.bringIn}
          </ButtonLink>
        </div>
      ) : (
        <TextLink to="/visits/imports">{say.toImports}</TextLink>
      )}
    </>
  );
}

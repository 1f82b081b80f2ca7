import type { SoldSuite } from '@avow/protocol/staff/serials';
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { DryOrReal, FileForJob, useFileForJob } from '../frame/file-for-job.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { EditionFields, firstEdition } from './edition-fields.tsx';
import { NoteField } from './generate-page.tsx';
import styles from './serials.module.css';
import { texts } from './texts.ts';

export function ImportPage() {
  const say = texts.useTexts();
  const importable = (suites: readonly SoldSuite[]) => suites.filter((suite) => suite.importable);
  return (
    <Page title={say.importing.title} crumbs={[{ label: say.title, to: '/serials' }]}>
      <AnswerPanel
        title={say.importing.title}
        hint={say.importing.intro}
        answer={useAnswer('GET /serials/products')}
        height={420}
        empty={({ suites }) =>
          importable(suites).length === 0 && { what: say.importing.impossible, hint: say.importing.impossibleHint }
        }
      >
        {({ suites }) => <ImportForm suites={importable(suites)} />}
      </AnswerPanel>
    </Page>
  );
}

function ImportForm({ suites }: { suites: readonly SoldSuite[] }) {
  const say = texts.useTexts().importing;
  const before = useSearch({ from: '/signed-in/serials/import' });
  const job = useFileForJob(before.file);
  const first = firstEdition(suites);
  const [product, setProduct] = useState({
    suite: before.suite ?? first.suite,
    edition: before.file ? (before.edition ?? '') : first.edition,
  });
  const [column, setColumn] = useState(before.column ?? 'serial');
  const [skipRefused, setSkipRefused] = useState(false);
  const [note, setNote] = useState(before.note ?? '');

  const start = (dryRun: boolean) =>
    void job.start((file) => {
      const body = { file, ...product, edition: product.edition || null, column, dryRun, skipRefused, note };
      return call('POST /serials/imports', { body });
    });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    start(!job.checked);
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <Stack>
        {job.refused && <RefusalNote refused={job.refused} />}
        <FileForJob
          job={job}
          words={{
            label: say.file,
            hint: say.fileHint,
            here: say.fileHere,
            another: say.another,
            clear: say.clear,
            sending: say.sending,
          }}
          accept=".csv,text/csv,text/plain"
        />
        <EditionFields
          suites={suites}
          chosen={product}
          choose={setProduct}
          none={say.editionColumn}
          label={say.edition}
        />
        <TextInput
          label={say.column}
          value={column}
          onChange={(event) => setColumn(event.currentTarget.value)}
          maxLength={80}
          error={job.problem('column')}
        />
        <Checkbox
          label={say.skipRefused}
          description={say.skipHint}
          checked={skipRefused}
          onChange={(event) => setSkipRefused(event.currentTarget.checked)}
        />
        <NoteField value={note} change={setNote} error={job.problem('note')} />
        <DryOrReal job={job} words={{ dry: say.dryButton, real: say.realButton }} start={start} />
      </Stack>
    </form>
  );
}

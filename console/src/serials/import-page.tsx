import type { SoldSuite } from '@avow/protocol/staff/serials';
import { Button, Checkbox, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { call, type Refused } from '../api/call.ts';
import { uploadFile } from '../api/upload.ts';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { WorkProgress } from '../frame/work-progress.tsx';
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

interface Sending {
  done: number;
  total: number;
  perSecond: number;
}

function ImportForm({ suites }: { suites: readonly SoldSuite[] }) {
  const say = texts.useTexts();
  const navigate = useNavigate();
  const before = useSearch({ from: '/signed-in/serials/import' });
  const first = firstEdition(suites);
  const [here, setHere] = useState(before.file ?? null);
  const [file, setFile] = useState<File | null>(null);
  const [product, setProduct] = useState({
    suite: before.suite ?? first.suite,
    edition: before.file ? (before.edition ?? '') : first.edition,
  });
  const [column, setColumn] = useState(before.column ?? 'serial');
  const [skipRefused, setSkipRefused] = useState(false);
  const [note, setNote] = useState(before.note ?? '');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);

  async function sentFile(): Promise<string | null> {
    if (here !== null || !file) return here;
    const started = performance.now();
    setSending({ done: 0, total: file.size, perSecond: 0 });
    const uploaded = await uploadFile(file, (done, total) =>
      setSending({ done, total, perSecond: (done / (performance.now() - started)) * 1000 }),
    );
    setSending(null);
    if (uploaded.ok) return uploaded.id;
    setRefused(uploaded.refused);
    return null;
  }

  async function start(dryRun: boolean): Promise<void> {
    setRefused(null);
    const id = await sentFile();
    if (id === null) return;
    // Whatever is refused now, the file need not be sent again.
    setHere(id);
    const body = { file: id, ...product, edition: product.edition || null, column, dryRun, skipRefused, note };
    const outcome = await call('POST /serials/imports', { body });
    if (outcome.ok) void navigate({ to: '/jobs/$id', params: { id: outcome.answer.jobId } });
    else {
      setRefused(outcome.refused);
      if (outcome.refused.fields.file) setHere(null);
    }
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void start(before.file === undefined);
  };
  const problem = (field: string) => refused?.fields[field]?.message;
  const ready = here !== null || file !== null;
  const dry = (
    <Button
      type={before.file ? 'button' : 'submit'}
      variant={before.file ? 'default' : 'filled'}
      disabled={!ready}
      onClick={before.file ? () => void start(true) : undefined}
    >
      {say.importing.dryButton}
    </Button>
  );
  const real = (
    <Button
      type={before.file ? 'submit' : 'button'}
      variant={before.file ? 'filled' : 'default'}
      disabled={!ready}
      onClick={before.file ? undefined : () => void start(false)}
    >
      {say.importing.realButton}
    </Button>
  );
  return (
    <form onSubmit={submit} className={styles.form}>
      <Stack>
        {refused && <RefusalNote refused={refused} />}
        {here !== null && before.file ? (
          <Group>
            <Text>{say.importing.fileHere}</Text>
            <Button size="compact-sm" variant="default" onClick={() => setHere(null)}>
              {say.importing.another}
            </Button>
          </Group>
        ) : (
          <FileInput
            label={say.importing.file}
            description={say.importing.fileHint}
            accept=".csv,text/csv,text/plain"
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              setHere(null);
            }}
            error={problem('file')}
            clearable
            clearButtonProps={{ 'aria-label': say.importing.clear }}
          />
        )}
        <EditionFields
          suites={suites}
          chosen={product}
          choose={setProduct}
          none={say.importing.editionColumn}
          label={say.importing.edition}
        />
        <TextInput
          label={say.importing.column}
          value={column}
          onChange={(event) => setColumn(event.currentTarget.value)}
          maxLength={80}
          error={problem('column')}
        />
        <Checkbox
          label={say.importing.skipRefused}
          description={say.importing.skipHint}
          checked={skipRefused}
          onChange={(event) => setSkipRefused(event.currentTarget.checked)}
        />
        <NoteField value={note} change={setNote} error={problem('note')} />
        {sending && <WorkProgress label={say.importing.sending} {...sending} running />}
        <Group>{before.file ? [real, dry] : [dry, real]}</Group>
      </Stack>
    </form>
  );
}

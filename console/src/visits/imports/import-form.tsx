import type { SumProgram, VisitsHouse } from '@avow/protocol/staff/visits';
import { Group, Select, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { call } from '../../api/call.ts';
import { DryOrReal, FileForJob, useFileForJob } from '../../frame/file-for-job.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { texts } from './texts.ts';

const PROGRAMS: readonly SumProgram[] = ['plausible', 'ga4'];

/** Sends a file up and has it looked at, or brought in. After a dry run it is the same file, and the real thing comes first. */
export function ImportForm({ house: { sites } }: { house: VisitsHouse }) {
  const say = texts.useTexts();
  const before = useSearch({ from: '/signed-in/visits/imports' });
  const job = useFileForJob(before.file);
  const [program, setProgram] = useState(PROGRAMS.find((one) => one === before.program) ?? 'plausible');
  const [site, setSite] = useState(sites.find(({ id }) => id === before.site)?.id ?? sites[0]?.id ?? '');

  const start = (dryRun: boolean) =>
    void job.start((file) => call('POST /visits/imports', { body: { file, program, site, dryRun } }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    start(!job.checked);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={640}>
        {job.refused && <RefusalNote refused={job.refused} />}
        <Group grow align="start">
          <Select
            label={say.program}
            data={PROGRAMS.map((value) => ({ value, label: say.programs[value] }))}
            value={program}
            allowDeselect={false}
            onChange={(value) => setProgram(PROGRAMS.find((one) => one === value) ?? 'plausible')}
          />
          <Select
            label={say.site}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={site}
            allowDeselect={false}
            onChange={(value) => setSite(value ?? site)}
            error={job.problem('site')}
          />
        </Group>
        <FileForJob
          job={job}
          words={{
            label: say.file,
            hint: say.fileHint[program],
            here: say.fileHere,
            another: say.another,
            clear: say.clear,
            sending: say.sending,
          }}
          accept=".zip,.csv,.gz"
        />
        <DryOrReal job={job} words={{ dry: say.dryButton, real: say.realButton }} start={start} />
      </Stack>
    </form>
  );
}

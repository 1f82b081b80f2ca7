/** What a list shows, as a file for spreadsheets. */
import type { Question } from '@avow/protocol/staff/visits';
import { useState } from 'react';
import { fetchFile, type Refused } from '../../api/call.ts';
import { useSource } from '../asking/source.tsx';
import { QuietButton } from '../head/quiet-button.tsx';
import { texts } from '../texts.ts';

const MOST_ROWS = 1000;

export function CsvButton({ question, name }: { question: Question; name: string }) {
  const say = texts.useTexts();
  const { may, reader } = useSource();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  if (!may.export) return null;
  const fetchIt = async () => {
    setBusy(true);
    const outcome = await fetchFile('/visits/query.csv', { ...question, limit: MOST_ROWS }, reader);
    setBusy(false);
    setRefused(outcome.ok ? null : outcome.refused);
    if (outcome.ok) save(outcome.answer, `${name}.csv`);
  };
  return (
    <>
      {refused && <span role="alert">{refused.message}</span>}
      <QuietButton loading={busy} aria-label={say.list.csvOf(name)} onClick={fetchIt}>
        {say.list.csv}
      </QuietButton>
    </>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Figures for somebody without an account: the link's token stands behind `#`, and what it opens is read only. */
import type { SharedView } from '@avow/protocol/staff/shared-links';
import { Button, PasswordInput, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type SubmitEvent, useEffect, useState } from 'react';
import { call, callAsReader, type Refused } from '../../api/call.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { SourceProvider } from '../asking/source.tsx';
import { VisitsScreen } from '../visits-screen.tsx';
import styles from './shared.module.css';
import { linkTexts } from './texts.ts';

interface Opened {
  reader: string;
  view: SharedView;
}

/** The secret of the reader stays in the tab, so that a reload does not ask for the password again. */
const STORED_AS = 'avow-shared-reader';

type State = { opened: Opened } | { refused: Refused } | 'opening' | 'no token';

export function SharedPage() {
  const own = linkTexts.useTexts();
  const [token] = useState(() => location.hash.slice(1));
  const [state, setState] = useState<State>(token === '' ? 'no token' : 'opening');
  useEffect(() => {
    if (token !== '') void resume(token).then(setState);
  }, [token]);
  if (state === 'no token') return <Note title={own.reading.missing} text={own.reading.missingHint} />;
  if (state === 'opening')
    return (
      <main className={styles.main}>
        <Skeleton height={28} width={260} />
      </main>
    );
  if ('opened' in state) return <Shared {...state.opened} />;
  if (state.refused.code === 'shared_link_locked') {
    return (
      <Locked
        enter={async (password) => {
          const next = await open(token, password);
          if ('opened' in next) setState(next);
          return 'refused' in next ? next.refused : null;
        }}
      />
    );
  }
  return (
    <main className={styles.main}>
      <RefusalNote refused={state.refused} again={() => void open(token).then(setState)} />
    </main>
  );
}

async function resume(token: string): Promise<{ opened: Opened } | { refused: Refused }> {
  const [stored, reader] = (sessionStorage.getItem(STORED_AS) ?? '').split(' ');
  if (stored === token && reader) {
    const view = await callAsReader(reader, 'GET /view');
    if (view.ok) return { opened: { reader, view: view.answer } };
  }
  return open(token);
}

async function open(token: string, password?: string): Promise<{ opened: Opened } | { refused: Refused }> {
  const outcome = await call('POST /shared/open', { body: { token, ...(password !== undefined && { password }) } });
  if (!outcome.ok) return { refused: outcome.refused };
  const { reader, view } = outcome.answer;
  sessionStorage.setItem(STORED_AS, `${token} ${reader}`);
  return { opened: { reader, view } };
}

function Shared({ reader, view }: Opened) {
  const own = linkTexts.useTexts();
  const grants = (grant: SharedView['grants'][number]) => view.grants.includes(grant);
  useEffect(() => {
    document.title = view.name;
  }, [view.name]);
  return (
    <main className={styles.main}>
      <header className={styles.head}>
        <Title order={1}>{view.name}</Title>
        <Text size="sm" c="dimmed">
          {own.reading.by(view.vendor)}
          {view.segment !== null && ` · ${own.reading.segment(view.segment)}`}
        </Text>
      </header>
      <SourceProvider
        source={{
          reader,
          house: view,
          may: {
            export: grants('export'),
            exportEvents: false,
            write: false,
            seeAnnotations: grants('annotations'),
            seeGoals: grants('goals'),
            seeSegments: grants('segments'),
            seeRealtime: view.realtime,
            explain: false,
          },
        }}
      >
        <VisitsScreen />
      </SourceProvider>
    </main>
  );
}

function Locked({ enter }: { enter(password: string): Promise<Refused | null> }) {
  const own = linkTexts.useTexts();
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(await enter(password));
    setBusy(false);
  };
  return (
    <main className={styles.door}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={1}>{own.reading.locked}</Title>
          {refused && !refused.fields.password && <RefusalNote refused={refused} />}
          <PasswordInput
            label={own.reading.password}
            value={password}
            autoComplete="off"
            error={refused?.fields.password?.message}
            onChange={(event) => setPassword(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" loading={busy} disabled={password === ''}>
            {own.reading.open}
          </Button>
        </Stack>
      </form>
    </main>
  );
}

function Note({ title, text }: { title: string; text: string }) {
  return (
    <main className={styles.door}>
      <Title order={1}>{title}</Title>
      <Text>{text}</Text>
    </main>
  );
}

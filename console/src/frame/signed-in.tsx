/** Pages for whoever is signed in: navigation at the left, on phones behind a button. Whoever is not is led to where that can be done. */
import { Anchor, Burger, Drawer, Skeleton } from '@mantine/core';
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { refusedOf } from '../api/query-client.ts';
import { SessionProvider, useSession, useSessionAnswer } from '../api/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useForbiddenEntry, useNavigation } from './areas.ts';
import { Navigation } from './navigation.tsx';
import { NotYours } from './other-pages.tsx';
import { useOverlays } from './overlays.tsx';
import { PaletteButton } from './palette-button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { SessionEnd } from './session-end.tsx';
import { useShortcuts } from './shortcuts.ts';
import styles from './signed-in.module.css';
import { texts } from './texts.ts';

export function SignedIn() {
  const answer = useSessionAnswer();
  const say = texts.useTexts();
  if (answer.data === undefined) {
    return (
      <div className={styles.shell}>
        <div className={styles.side} />
        <main className={styles.main} aria-busy={answer.error === null}>
          {answer.error ? (
            <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />
          ) : (
            <Skeleton height={28} width={220} role="status" aria-label={say.loading} />
          )}
        </main>
      </div>
    );
  }
  if (answer.data.state !== 'signed-in') {
    return answer.data.state === 'setup' ? <Navigate to="/welcome" replace /> : <ToSignIn />;
  }
  return (
    <SessionProvider session={answer.data}>
      <Shell />
    </SessionProvider>
  );
}

/** Comes back afterwards to where this began: the address changes while the way there is loaded. */
function ToSignIn() {
  const here = useLocation({ select: ({ href }) => href });
  const [search] = useState(here === '/' ? {} : { next: here });
  return <Navigate to="/sign-in" search={search} replace />;
}

function Shell() {
  const say = texts.useTexts();
  const { vendor } = useSession();
  const language = useLanguage();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const { openPalette, overlays } = useOverlays();
  const forbidden = useForbiddenEntry();
  const head = (
    <PaletteButton
      open={() => {
        setOpen(false);
        openPalette();
      }}
    />
  );
  useShortcuts(
    useNavigation().map(({ to, label, go }) => ({
      keys: `g ${go}`,
      label: label[language],
      group: say.goTo,
      act: () => navigate({ to }),
    })),
  );
  return (
    <div className={styles.shell}>
      <Anchor href="#page" className={styles.skip}>
        {say.skip}
      </Anchor>
      <nav className={styles.bar} aria-label={say.menu}>
        <Burger size="sm" opened={open} onClick={() => setOpen(true)} aria-label={say.menu} aria-expanded={open} />
        <strong>{vendor}</strong>
      </nav>
      <div className={styles.side}>
        <Navigation head={head} foot={<AccountMenu />} />
      </div>
      <Drawer opened={open} onClose={() => setOpen(false)} size="xs" title={say.navigation} hiddenFrom="sm">
        <Navigation head={head} foot={<AccountMenu />} chosen={() => setOpen(false)} />
      </Drawer>
      <main id="page" className={styles.main} tabIndex={-1}>
        {forbidden ? <NotYours title={forbidden.label[language]} /> : <Outlet />}
      </main>
      {overlays}
      <SessionEnd />
    </div>
  );
}

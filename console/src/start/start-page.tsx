import { Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useMay, useSession } from '../api/session.tsx';
import { useAreas, useNavigation } from '../frame/areas.ts';
import { Keys } from '../frame/keys.tsx';
import { Page } from '../frame/page.tsx';
import { useLanguage } from '../texts/language.tsx';
import { roleNames } from '../texts/role-names.ts';
import { OwnAccount } from './own-account.tsx';
import styles from './start-page.module.css';
import { texts } from './texts.ts';

export function StartPage() {
  const say = texts.useTexts();
  const roles = roleNames.useTexts();
  const { staff } = useSession();
  return (
    <Page title={say.title}>
      <Stack gap="lg">
        {staff && (
          <Text c="dimmed">
            {say.hello(
              staff.name,
              staff.roles.map((role) => roles[role]),
            )}
          </Text>
        )}
        {/* Beside each other: what wants attention comes later, and must not push away what somebody is about to click. */}
        <div className={styles.columns}>
          <Pages />
          <Attention />
        </div>
        <Group gap="lg" visibleFrom="sm">
          <Hint keys="mod+k" what={say.palette} />
          <Hint keys="?" what={say.shortcuts} />
        </Group>
      </Stack>
    </Page>
  );
}

function Attention() {
  const may = useMay();
  const parts = useAreas().flatMap(({ attention }) => (attention && may(attention.needs) ? [attention.Part] : []));
  return (
    <div className={styles.attention}>
      <Suspense>
        {parts.map((Part, index) => (
          <Part key={Part.displayName ?? String(index)} />
        ))}
      </Suspense>
      <OwnAccount />
    </div>
  );
}

/** By what whoever is signed in may do. */
function Pages() {
  const say = texts.useTexts();
  const language = useLanguage();
  const entries = useNavigation().filter(({ to }) => to !== '/');
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="pages">
      <Title order={2} id="pages" mb="xs">
        {say.pages}
      </Title>
      <ul className={styles.pages}>
        {entries.map(({ to, label, about, go }) => (
          <li key={to}>
            <Link to={to} className={styles.card}>
              <span className={styles.name}>
                {label[language]} <Keys keys={`g ${go}`} />
              </span>
              {about && <span className={styles.about}>{about[language]}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hint({ keys, what }: { keys: string; what: string }) {
  return (
    <Text size="sm" c="dimmed">
      <Keys keys={keys} /> {what}
    </Text>
  );
}

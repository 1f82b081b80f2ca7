import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../api/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { NAV_GROUPS, useNavigation } from './areas.ts';
import styles from './navigation.module.css';
import { texts } from './texts.ts';

/** The pages that whoever is signed in may open, in groups. */
export function Navigation({ head, foot, chosen }: { head: ReactNode; foot: ReactNode; chosen?: () => void }) {
  const say = texts.useTexts();
  const language = useLanguage();
  const entries = useNavigation();
  const { vendor } = useSession();
  return (
    <nav aria-label={say.navigation} className={styles.navigation}>
      <div className={styles.vendor} title={vendor}>
        {vendor}
      </div>
      {head}
      {NAV_GROUPS.map((group) => {
        const inGroup = entries.filter((entry) => entry.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group}>
            {group !== 'own' && <div className={styles.group}>{say.groups[group]}</div>}
            {inGroup.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                className={styles.entry}
                activeOptions={{
                  exact: entries.some((other) => other.to.startsWith(to === '/' ? to : `${to}/`)),
                  includeSearch: false,
                }}
                onClick={() => chosen?.()}
              >
                {label[language]}
              </Link>
            ))}
          </div>
        );
      })}
      <div className={styles.foot}>{foot}</div>
    </nav>
  );
}

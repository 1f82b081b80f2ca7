import { SegmentedControl, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSessionAnswer } from '../api/session.tsx';
import { chooseLanguage, useLanguage } from '../texts/language.tsx';
import styles from './outside.module.css';
import { texts } from './texts.ts';

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;

/** A page for people who are not signed in: one thing in the middle. The title takes the focus when it changes: a step was done. */
export function Outside({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const say = texts.useTexts();
  const language = useLanguage();
  const vendor = useSessionAnswer().data?.vendor ?? ' ';
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(title);
  useEffect(() => {
    document.title = `${title} · Avow`;
    if (first.current !== title) heading.current?.focus();
    first.current = '';
  }, [title]);
  return (
    <main className={styles.outside}>
      <div className={wide ? `${styles.card} ${styles.wide}` : styles.card}>
        <div className={styles.head}>
          <strong>{vendor}</strong>
          <SegmentedControl
            size="xs"
            aria-label={say.language}
            value={language}
            onChange={chooseLanguage}
            data={[...LANGUAGES]}
          />
        </div>
        <div className={styles.surface}>
          <Title order={1} mb="md" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          {children}
        </div>
      </div>
    </main>
  );
}

import { Anchor, Title } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page.module.css';
import { texts } from './texts.ts';

export interface Crumb {
  label: string;
  to: NonNullable<LinkProps['to']>;
}

let visited = false;

/** One page: its title in the tab and as heading, which takes the focus when one comes from another page. */
export function Page(page: {
  title: string;
  /** The pages above this one, the nearest last. */
  crumbs?: readonly Crumb[];
  /** Buttons and choices that act on the whole page. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const say = texts.useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, crumbs = [] } = page;
  useEffect(() => {
    document.title = `${title} · Avow`;
  }, [title]);
  useEffect(() => {
    // Screen readers then read where they are; the first page is read as any page is.
    if (visited) heading.current?.focus({ preventScroll: true });
    visited = true;
  }, []);
  return (
    <div className={styles.page}>
      {crumbs.length > 0 && (
        <nav aria-label={say.where}>
          <ol className={styles.crumbs}>
            {crumbs.map(({ label, to }) => (
              <li key={label}>
                <Anchor component={Link} to={to} inherit>
                  {label}
                </Anchor>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={styles.head}>
        <Title order={1} ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </Title>
        {page.actions}
      </div>
      {page.children}
    </div>
  );
}

import { AppShell, NavLink } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useLanguage } from '../texts/language.tsx';
import { useAreas } from './areas.ts';

/** Navigation at the left, the page at the right. */
export function SignedIn() {
  const language = useLanguage();
  const entries = useAreas().flatMap(({ nav }) => nav);
  return (
    <AppShell navbar={{ width: 220, breakpoint: 'sm' }} padding="lg">
      <AppShell.Navbar p="sm">
        {entries.map(({ to, label }) => (
          <NavLink key={to} component={Link} to={to} label={label[language]} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/**
 * The first part of every path of the console. The vault answers these with the console's page, and everything else as what it
 * is: a mistyped address of the API must not look like a page.
 */
export const CONSOLE_PAGES = [
  'welcome',
  'sign-in',
  'account',
  'staff',
  'tokens',
  'audit-log',
  'visits',
  'shared',
  'people',
  'serials',
  'improvement',
  'operations',
  'jobs',
  'settings',
] as const;

export type ConsolePage = (typeof CONSOLE_PAGES)[number];

import { inLanguage } from '../texts/in-language.ts';

const { number, plural, duration } = inLanguage('en');

export const en = {
  console: 'Console',
  language: 'Language',
  again: 'Try again',
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
  cancel: 'Cancel',
  code: (code: string) => `Code ${code}`,
  navigation: 'Navigation',
  menu: 'Menu',
  groups: { figures: 'Figures', people: 'Customers', house: 'House' },
  sessionEnd: {
    title: 'Are you still there?',
    idle: (left: string) => `You did nothing here for a while. In ${left} you will be signed out.`,
    absolute: (left: string) =>
      `This session has lasted as long as a session may. In ${left} you will be signed out; finish what you are typing.`,
    stay: 'Stay signed in',
    understood: 'Understood',
  },
  acts: 'Acts',
  control: 'Ctrl',
  everywhere: 'Everywhere',
  search: 'Search',
  palette: {
    title: 'Search pages and acts',
    placeholder: 'Where to, or what to do?',
    nothing: 'Nothing has this name.',
  },
  shortcuts: { title: 'Keyboard shortcuts' },
  colours: { light: 'Light colours', dark: 'Dark colours', auto: 'Colours as the system' },
  goTo: 'Go to',
  account: 'Your account',
  signOut: 'Sign out',
  skip: 'Skip to the page',
  where: 'Where you are',
  rows: (count: number) => plural(count, { one: '# row', other: '# rows' }),
  suppressed: (least: number) => `fewer than ${number(least)}`,
  suppressedWhy: (least: number) =>
    `Fewer than ${number(least)} people are behind this, so it is not shown. Choose a longer period or fewer filters.`,
  partial: 'Not everything could be read.',
  confirm: {
    goes: 'What goes',
    stays: 'What stays',
    type: (text: string) => `Type ${text} to confirm`,
  },
  noSuchPage: {
    title: 'There is no page here',
    why: 'The address is mistyped, or the page has moved.',
    start: 'To the start',
  },
  notYours: 'This page needs a permission that you do not have. An administrator can change your roles.',
  brokenPage: {
    title: 'This page could not be shown',
    why: 'It broke in your browser. Nothing was changed on the server. Try again; if it stays, tell your administrator the line below.',
  },
  work: {
    of: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    rate: (perSecond: number) => `${number(perSecond, { maximumFractionDigits: perSecond < 10 ? 1 : 0 })} per second`,
    left: (seconds: number) => `about ${duration(seconds)} left`,
  },
};

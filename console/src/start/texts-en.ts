import { inLanguage } from '../texts/in-language.ts';

const { list } = inLanguage('en');

export const en = {
  title: 'Start',
  hello: (name: string, roles: readonly string[]) => `${name}, you are here as ${list(roles)}.`,
  pages: 'What you can do here',
  palette: 'jumps anywhere',
  shortcuts: 'shows every shortcut',
  own: {
    title: 'Your account',
    fewCodes: 'You have few recovery codes left, or none.',
    codes: 'Make new ones',
    onePasskey: 'You have one passkey and no password. Add a second one, so that a lost device does not lock you out.',
    add: 'Add a passkey',
  },
};

import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { list } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Start',
  hello: (name, roles) => `${name}, Ihre Rollen hier: ${list(roles)}.`,
  pages: 'Was Sie hier tun können',
  palette: 'springt überallhin',
  shortcuts: 'zeigt alle Tastenkürzel',
  own: {
    title: 'Ihr Konto',
    fewCodes: 'Sie haben nur noch wenige Wiederherstellungscodes oder keinen mehr.',
    codes: 'Neue anlegen',
    onePasskey:
      'Sie haben einen Passkey und kein Passwort. Fügen Sie einen zweiten hinzu, damit ein verlorenes Gerät Sie nicht aussperrt.',
    add: 'Passkey hinzufügen',
  },
};

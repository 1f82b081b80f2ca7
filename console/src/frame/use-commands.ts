/** Everything the command palette may offer whoever is signed in. */
import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../api/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { type Command, useAreas, useNavigation } from './areas.ts';
import { signOut } from './sign-out.ts';
import { texts } from './texts.ts';

export interface Offered {
  id: string;
  label: string;
  words: string;
  /** The keys that do the same. */
  keys: string | null;
  act(): void;
}

export function useCommands({ showShortcuts }: { showShortcuts(): void }): {
  commands: Offered[];
  /** Made of the text itself. */
  lookUps(text: string): Offered[];
} {
  const say = texts.useTexts();
  const language = useLanguage();
  const areas = useAreas();
  const may = useMay();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const offer = ({ id, label, words = '', act, to }: Command): Offered => ({
    id,
    label: label[language],
    words: `${words} ${label.en} ${label.de}`,
    keys: null,
    act() {
      act();
      if (to) void navigate({ to });
    },
  });
  const pages = useNavigation().map(({ to, label, go }) => ({
    id: `page ${to}`,
    label: label[language],
    words: `${label.en} ${label.de} ${to}`,
    keys: `g ${go}`,
    act: () => void navigate({ to }),
  }));
  const own = (id: string, label: string, words: string, act: () => void, keys: string | null = null): Offered => ({
    id,
    label,
    words,
    keys,
    act,
  });
  const house = [
    own('account', say.account, 'account passkey password Konto Passwort', () => void navigate({ to: '/account' })),
    own('light', say.colours.light, 'theme Farben', () => setColorScheme('light')),
    own('dark', say.colours.dark, 'theme Farben', () => setColorScheme('dark')),
    own('auto', say.colours.auto, 'theme Farben', () => setColorScheme('auto')),
    own('shortcuts', say.shortcuts.title, 'keyboard help Hilfe', showShortcuts, '?'),
    own('sign-out', say.signOut, 'leave log out', signOut),
  ];
  const ofAreas = areas.flatMap(({ commands = [] }) => commands).filter(({ needs }) => may(needs));
  return {
    commands: [...pages, ...ofAreas.map(offer), ...house],
    lookUps: (text) =>
      areas.flatMap(({ lookUp }) => {
        const command = lookUp && may(lookUp.needs) ? lookUp.command(text) : null;
        return command ? [offer(command)] : [];
      }),
  };
}

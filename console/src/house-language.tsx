import type { ReactNode } from 'react';
import { tellRefusalsIn } from './api/call.ts';
import { useSessionAnswer } from './api/session.tsx';
import { LanguageProvider, useChosenLanguage } from './texts/language.tsx';

/** The account's language; before anybody is signed in the one chosen here, or the browser's. */
export function HouseLanguage({ children }: { children: ReactNode }) {
  const { data } = useSessionAnswer();
  const chosen = useChosenLanguage();
  const language = data?.staff?.language ?? chosen;
  tellRefusalsIn(language);
  return <LanguageProvider language={language}>{children}</LanguageProvider>;
}

/** The language of the console: the account's once somebody is signed in, the browser's before. */
import type { Language } from '@avow/protocol/refusals';
import { createContext, type ReactNode, useContext, useEffect } from 'react';

const LanguageContext = createContext<Language>('en');

export function browserLanguage(): Language {
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'de');
  return preferred === 'de' ? 'de' : 'en';
}

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

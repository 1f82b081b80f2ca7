/** The language of the console: the account's once somebody is signed in; before, what was chosen in this browser, or its own. */
import type { Language } from '@avow/protocol/refusals';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { type InLanguage, inLanguage } from './in-language.ts';

const STORED_AS = 'avow-language';

const LanguageContext = createContext<Language>('en');
const listeners = new Set<() => void>();
let chosen: Language | null = null;

function read(): Language {
  if (chosen) return chosen;
  const stored = localStorage.getItem(STORED_AS);
  const wanted = [stored ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  chosen = wanted.find((tag) => tag === 'en' || tag === 'de') === 'de' ? 'de' : 'en';
  return chosen;
}

/** Remembered in this browser. */
export function chooseLanguage(language: Language): void {
  chosen = language;
  localStorage.setItem(STORED_AS, language);
  for (const listener of listeners) listener();
}

export function useChosenLanguage(): Language {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
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

/** Numbers, dates and plurals in the language of the console. */
export function useFormats(): InLanguage {
  return inLanguage(useLanguage());
}

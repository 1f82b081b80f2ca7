/** The frame's parts on one page, each in every state, for tests and for whoever builds an area: `npx vite console --open /specimens/`. */
import '@mantine/core/styles.layer.css';
import '../src/frame/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '../src/frame/theme-provider.tsx';
import { LanguageProvider } from '../src/texts/language.tsx';
import { Specimens } from './specimens.tsx';

const place = document.getElementById('specimens');
if (!place) throw new Error('the page has no place for the specimens');

createRoot(place).render(
  <StrictMode>
    <LanguageProvider language={location.search.includes('de') ? 'de' : 'en'}>
      <ThemeProvider>
        <Specimens />
      </ThemeProvider>
    </LanguageProvider>
  </StrictMode>,
);

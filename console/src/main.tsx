import '@mantine/core/styles.layer.css';
import './frame/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { areas } from './areas.ts';
import { AreasProvider } from './frame/areas.ts';
import { listenToKeys } from './frame/shortcuts.ts';
import { ThemeProvider } from './frame/theme-provider.tsx';
import { HouseLanguage } from './house-language.tsx';
import { router } from './router.ts';

const place = document.getElementById('console');
if (!place) throw new Error('the page has no place for the console');

listenToKeys();
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <HouseLanguage>
        <ThemeProvider>
          <AreasProvider value={areas}>
            <RouterProvider router={router} />
          </AreasProvider>
        </ThemeProvider>
      </HouseLanguage>
    </QueryClientProvider>
  </StrictMode>,
);

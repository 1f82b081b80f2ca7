/** The look from a few tokens: neutral greys, one accent, other colours only where they mean something; light and dark alike. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'accent',
  // White on the accent has 6:1 in both schemes.
  primaryShade: { light: 7, dark: 7 },
  colors: {
    accent: [
      '#e8f5f6',
      '#d0e9eb',
      '#a3d3d7',
      '#75bcc3',
      '#54acb4',
      '#2f949d',
      '#1c808a',
      '#0f6d76',
      '#0b5a62',
      '#08464d',
    ],
    gray: [
      '#f7f7f8',
      '#eff0f1',
      '#e3e4e7',
      '#d2d4d8',
      '#b4b7bd',
      '#8c9098',
      '#63676f',
      '#4b4f57',
      '#35383f',
      '#212429',
    ],
    dark: [
      '#e3e4e6',
      '#c3c5c9',
      '#9da0a6',
      '#72757b',
      '#45484e',
      '#36393e',
      '#2a2c30',
      '#1b1c1f',
      '#151618',
      '#0f1011',
    ],
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A `header` would be a second banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
  },
});

/** Where Mantine's own choice is too pale for AA. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-error': colors.red?.[9] ?? '',
    '--mantine-color-placeholder': colors.gray?.[6] ?? '',
    '--mantine-color-dimmed': colors.gray?.[6] ?? '',
    '--mantine-color-anchor': colors.accent?.[7] ?? '',
    '--avow-page': colors.gray?.[0] ?? '',
    '--avow-surface': '#ffffff',
    '--avow-line': colors.gray?.[2] ?? '',
    '--avow-good': '#1d7a3d',
    '--avow-warning': '#8a5300',
    '--avow-bad': colors.red?.[9] ?? '',
  },
  dark: {
    '--mantine-color-error': colors.red?.[4] ?? '',
    '--mantine-color-placeholder': colors.dark?.[2] ?? '',
    '--mantine-color-dimmed': colors.dark?.[2] ?? '',
    '--mantine-color-anchor': colors.accent?.[3] ?? '',
    '--avow-page': colors.dark?.[8] ?? '',
    '--avow-surface': colors.dark?.[7] ?? '',
    '--avow-line': colors.dark?.[5] ?? '',
    '--avow-good': '#6cc489',
    '--avow-warning': '#e5b256',
    '--avow-bad': colors.red?.[4] ?? '',
  },
});

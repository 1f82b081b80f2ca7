import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { texts } from './texts.ts';
import { cssVariables, theme } from './theme.ts';

/** Mantine writes styles while it runs; the vault's content security policy lets them in by this nonce. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

// The scroll lock of dialogues (`react-remove-scroll`) writes a style, too, and looks for the nonce where webpack would have put it.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

export function ThemeProvider({ children }: { children: ReactNode }) {
  const say = texts.useTexts();
  const spoken = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': say.close } };
    return mergeThemeOverrides(theme, { components: { Modal: { defaultProps }, Drawer: { defaultProps } } });
  }, [say]);
  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}

import { defineConfig } from 'vite';

/** The host goes on as the browser named it: the vault takes acts only from pages of the address it was asked at. */
const vault = { target: process.env.AVOW_VAULT_URL ?? 'http://127.0.0.1:8090', changeOrigin: false };

export default defineConfig({
  root: import.meta.dirname,
  // The vault puts a fresh one in its place for each answer.
  html: { cspNonce: 'AVOW_NONCE' },
  build: {
    // Those that know light-dark() themselves: what stands in for it elsewhere does not follow Mantine's colour scheme.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Nothing inline: the content security policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': vault, '/health': vault } },
});

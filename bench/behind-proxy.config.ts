/** The example vendor behind a proxy on the same machine: so the load can tell of many visitors' addresses. */
import { join } from 'node:path';
import { defineConfig } from '@avow/config/config';
import vendor from '../examples/vendor/avow.config.ts';

const here = join(import.meta.dirname, '..', 'examples', 'vendor');

export default defineConfig({
  ...vendor,
  edge: { trustedProxies: ['127.0.0.1'] },
  statement: {
    ...vendor.statement,
    files: { en: join(here, vendor.statement.files.en), de: join(here, vendor.statement.files.de) },
  },
});

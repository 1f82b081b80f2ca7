/** The example vendor, who keeps every event of more than a year: so a vault that starts removes none. */
import { join } from 'node:path';
import { defineConfig } from '@avow/config/config';
import vendor from '../examples/vendor/avow.config.ts';

const here = join(import.meta.dirname, '..', 'examples', 'vendor');

export default defineConfig({
  ...vendor,
  visits: { ...vendor.visits, rawDays: 732 },
  statement: {
    ...vendor.statement,
    files: { en: join(here, vendor.statement.files.en), de: join(here, vendor.statement.files.de) },
  },
});

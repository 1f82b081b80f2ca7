import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts. */
const report = process.env.AVOW_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['{protocol,config,engines,browser,sdk,console,edge,vault,cli,flows,bench,examples,rules}/**/*.test.ts'],
    globalSetup: ['engines/src/test-setup.ts'],
    maxWorkers: 2,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report && { outputFile: { json: report } }),
    testTimeout: 30_000,
    // A second, the default, is short on a machine that runs other things too.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,config,engines,browser,edge,vault,cli,flows,examples}/**/*.test.ts'],
    globalSetup: ['engines/src/test-setup.ts'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

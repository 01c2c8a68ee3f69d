import { defineConfig } from 'vitest/config';

const results = process.env['EMCP_TEST_RESULTS'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    // Nothing a test file does outlives it, and loading every check anew for each costs minutes.
    isolate: false,
    maxWorkers: 2,
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});

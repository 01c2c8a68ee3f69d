import { defineConfig } from 'vitest/config';

const results = process.env['EMCP_TEST_RESULTS'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});

/** Every test: those beside their file side by side, the journeys of real clients one after another. */
import { defineConfig } from 'vitest/config'

const long = process.env['MAYFLY_LONG_TESTS'] === '1'
const exclude = ['**/node_modules/**', '**/dist/**', ...(long ? [] : ['**/*.long.test.ts'])]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup: ['packages/store/src/testing/postgres-on-demand.ts'],
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'conformance/wire/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude,
          testTimeout: 20_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'journeys',
          globalSetup: ['packages/store/src/testing/postgres-on-demand.ts'],
          include: ['conformance/**/*.test.ts'],
          exclude: [...exclude, 'conformance/wire/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Real clients, browsers and clocks: two at once would measure each other.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

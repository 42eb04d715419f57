/**
 * Every test: those beside their file side by side, then the journeys of real clients three at a time, then those that
 * measure time or change what all others run on, one after another.
 */
import { defineConfig } from 'vitest/config'

const long = process.env['MAYFLY_LONG_TESTS'] === '1'
const exclude = ['**/node_modules/**', '**/dist/**', ...(long ? [] : ['**/*.long.test.ts'])]
/** A pace is kept, files are torn as fast as can be, packages are packed, a server is started from its sources. */
const alone = ['conformance/{setup,torn-reads,packages,readme}/**/*.test.ts']

const journeys = {
  globalSetup: ['packages/store/src/testing/postgres-on-demand.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

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
          ...journeys,
          name: 'journeys',
          include: ['conformance/**/*.test.ts'],
          exclude: [...exclude, ...alone, 'conformance/wire/**'],
          // They wait for clients, pages and clocks half of the time.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...journeys,
          name: 'alone',
          include: alone,
          exclude,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})

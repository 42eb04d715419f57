/** Every unit test, beside the file it speaks of. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'conformance/wire/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 20_000,
  },
})

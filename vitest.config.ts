import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 20_000) => ({
  test: { name, include, testTimeout, hookTimeout: 60_000, environment: 'node' as const },
})

/**
 * The tests mostly wait: for processes, disks, pages and real time, so a few files run beside each other even on two cores;
 * of `e2e`, each of whose files has a Chromium, two, once the others are done.
 */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      project('unit', ['tests/unit/**/*.test.ts']),
      project('engine', ['tests/{engine,contract,migrations,faults}/**/*.test.ts'], 120_000),
      project('architecture', ['tests/architecture/**/*.test.ts']),
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/support/built-pages.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

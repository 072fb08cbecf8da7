import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 20_000) => ({
  test: { name, include, testTimeout, hookTimeout: 60_000, environment: 'node' as const },
})

/**
 * `e2e` needs a built studio and a Chromium, so it runs its files one after the other. The others mostly wait: for
 * processes, disks and real time, so a few run beside each other even on two cores.
 */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      project('unit', ['tests/unit/**/*.test.ts']),
      project('engine', ['tests/{engine,contract,migrations,faults}/**/*.test.ts'], 60_000),
      project('architecture', ['tests/architecture/**/*.test.ts']),
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/support/built-pages.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})

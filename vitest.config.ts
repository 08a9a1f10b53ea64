import { defineConfig } from 'vitest/config'
import { fastFiles } from './test/fast-files.ts'

// One pool for all: no test looks at the clock, so each may run beside any other. Times only end what would never end:
// nothing is asserted of them, and a busy machine takes its own.
const common = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 120_000 } },
  pool: 'forks',
  // One more than the two cores of a small machine, as tests also wait for processes and disks.
  maxWorkers: 3,
} as const

const elsewhere = ['test/hostile/**', 'test/browser/**']
const { fast, pure } = fastFiles('test/**/*.test.ts', [...elsewhere, 'test/conformance/**', 'test/fuzz/**'])

export default defineConfig({
  test: {
    globalSetup: ['test/temporary-folder.ts', 'test/build.ts'],
    projects: [
      {
        // Files that start no process and need no build: `npm run test:fast` runs them alone.
        test: { ...common, name: 'fast', include: fast, setupFiles: ['test/no-processes.ts'] },
      },
      {
        // Of those, files that change nothing of their process: they run in few, which spares the start of one each.
        test: { ...common, name: 'pure', include: pure, isolate: false, setupFiles: ['test/no-processes.ts'] },
      },
      {
        test: {
          ...common,
          name: 'main',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, ...fast, ...pure],
        },
      },
      {
        test: { ...common, name: 'walls', include: ['test/hostile/**/*.test.ts'] },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
        },
      },
    ],
  },
})

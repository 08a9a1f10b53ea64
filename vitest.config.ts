import { defineConfig } from 'vitest/config'
import { fastFiles } from './test/fast-files.ts'

// Time that only ends what would never end: nothing is asserted of it, and a busy machine takes its own.
const common = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // As long as anything may take on a busy machine: a second is short where others have the processor.
  expect: { poll: { timeout: 30_000 } },
  pool: 'forks',
} as const

const others = ['test/hostile/**', 'test/browser/**', 'test/conformance/**']
const fast = fastFiles('test/**/*.test.ts', others)

export default defineConfig({
  test: {
    globalSetup: ['test/build.ts'],
    projects: [
      {
        // Files that start no process and need no build: `npm run test:fast` runs them alone.
        test: {
          ...common,
          name: 'fast',
          include: fast,
          setupFiles: ['test/no-processes.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'house',
          include: ['test/**/*.test.ts'],
          exclude: ['test/hostile/**', 'test/browser/**', ...fast],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // These measure delays and memory, so nothing runs beside them.
        test: {
          ...common,
          name: 'walls',
          include: ['test/hostile/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The page in a browser: it measures frames, and a browser wants both processors.
        test: {
          ...common,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/notice.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})

// The linter's own rules: which part may import which, and the words that names must not have.
import { expect, test } from 'vitest'
import { mayImport, nameProblem } from '../oxlint.rules.ts'

test.each([
  ['src/planner/prompt.ts', 'sessions/event.ts', true],
  ['src/planner/prompt.ts', 'src/planner/tools.ts', true],
  ['src/planner/prompt.ts', 'src/runner/sandbox.ts', false],
  ['src/phrasebook/planner.ts', 'src/planner/planner.ts', true],
  ['src/phrasebook/planner.ts', 'src/planner/prompt.ts', false],
  ['src/runtime/session.ts', 'src/turn.ts', true],
  ['src/runtime/session.ts', 'src/http/app.ts', false],
  ['src/turn.ts', 'src/runtime/session.ts', false],
  ['src/http/app.ts', 'src/runtime/session-service.ts', true],
  ['src/http/app.ts', 'src/cli/uploads.ts', false],
  ['src/cli/uploads.ts', 'src/web/app.tsx', false],
  ['src/web/api/client.ts', 'src/http/schemas.ts', true],
  ['src/web/api/client.ts', 'src/http/app.ts', false],
  ['sandbox/child/service.ts', 'sandbox/native/operations.ts', true],
  ['sandbox/child/service.ts', 'sessions/event.ts', false],
  ['sandbox/limits.ts', 'sandbox/protocol.ts', false],
  ['sessions/sqlite/store.ts', 'src/turn.ts', false],
  ['src/main.ts', 'src/cli/arguments.ts', true],
])('%s imports %s: %s', (file, target, isAllowed) => {
  expect(mayImport(file, target)).toBe(isAllowed)
})

test.each(['startRooms', 'Door', 'LessonBook', 'recipe-shelf', 'MOST_BYTES', 'LEAST_MS'])('%s is no name', (name) => {
  expect(nameProblem(name)).toBeDefined()
})

test.each(['bedroom', 'outdoor', 'startProcesses', 'MAX_BYTES', 'mostRecent', 'indoors'])('%s is one', (name) => {
  expect(nameProblem(name)).toBeUndefined()
})

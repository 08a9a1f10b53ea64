// Processes that the tests of a file use in turn, since starting a sandbox and a checker is most of a test's cost. They
// start on first use, which most sessions in tests never reach. Giving them back removes files and known names, but
// what a cell left in memory stays: not for tests that ask whether variables are gone or restored.
import { afterAll } from 'vitest'
import type { Checker } from '../src/check/checker.ts'
import type { Sandbox } from '../src/runner/sandbox.ts'
import { startProcesses as startFresh, type ProcessOptions, type Processes } from '../src/runtime/processes.ts'

const free: { readonly key: string; readonly processes: Processes }[] = []
afterAll(async () => {
  for (const { processes } of free.splice(0)) await processes.close()
})

/** Like the product's `startProcesses`, but reuses free processes with the same limits. */
export function startProcesses(options: ProcessOptions): Promise<Processes> {
  const key = JSON.stringify(options)
  let begun: Promise<Processes> | undefined
  const begin = (): Promise<Processes> => {
    const at = free.findIndex((one) => one.key === key)
    return (begun ??= at < 0 ? startFresh(options) : Promise.resolve(free.splice(at, 1)[0]!.processes))
  }
  const { sandbox, leave } = lentSandbox(async () => (await begin()).sandbox)
  let closing: Promise<void> | undefined
  const giveBack = async (): Promise<void> => {
    await leave()
    const processes = await begun?.catch(() => undefined)
    if (!processes) return
    processes.checker.forget()
    free.push({ key, processes })
  }
  const checker = lentChecker(async () => (await begin()).checker)
  return Promise.resolve({ sandbox, checker, close: () => (closing ??= giveBack()) })
}

function lentChecker(begin: () => Promise<Checker>): Checker {
  let at: Checker | undefined
  /** Calls to repeat once the checker has started. */
  const waiting: ((checker: Checker) => void)[] = []
  const tell = (what: (checker: Checker) => void): void => void (at ? what(at) : waiting.push(what))
  return {
    async check(code, signal) {
      const checker = await begin()
      at = checker
      for (const what of waiting.splice(0)) what(checker)
      return checker.check(code, signal)
    },
    accept: (code, names) => tell((checker) => checker.accept(code, names)),
    forget: (names) => tell((checker) => checker.forget(names)),
    close: () => undefined,
  }
}

/** The sandbox until `leave`, which removes its files. */
function lentSandbox(begin: () => Promise<Sandbox>): { sandbox: Sandbox; leave(): Promise<void> } {
  const underWay = new Set<Promise<unknown>>()
  const cells = new Set<Promise<unknown>>()
  let at: Sandbox | undefined
  let lostBefore = 0
  let left = false
  const starting = async (): Promise<Sandbox> => {
    const sandbox = await begin()
    if (!at) lostBefore = sandbox.generation - 1
    return (at = sandbox)
  }
  const noting =
    <Given extends unknown[], T>(work: (sandbox: Sandbox, ...given: Given) => Promise<T>, kind = underWay) =>
    (...given: Given): Promise<T> => {
      if (left) return Promise.reject(new Error('The sandbox was given back.'))
      const done = starting().then((sandbox) => work(sandbox, ...given))
      kind.add(done)
      return done.finally(() => kind.delete(done))
    }
  const sandbox: Sandbox = {
    upload: noting((one, name, path, stored) => one.upload(name, path, stored)),
    run: noting((one, request, emit, signal) => one.run(request, emit, signal), cells),
    placeFile: noting((one, name, path) => one.placeFile(name, path)),
    show: noting((one, job, signal) => one.show(job, signal), cells),
    readTable: noting((one, name, query) => one.readTable(name, query), cells),
    removeFile: noting((one, name) => one.removeFile(name)),
    renew: noting((one) => one.renew()),
    get generation() {
      return at ? at.generation - lostBefore : 1
    },
    file: (name) => at?.file(name),
    files: () => at?.files() ?? [],
    close: () => Promise.resolve(),
  }
  return {
    sandbox,
    async leave() {
      left = true
      // As when a session is closed in the middle of a cell.
      if (cells.size > 0) await (await begin()).renew()
      await Promise.allSettled([...cells, ...underWay])
      for (const { name } of at?.files() ?? []) await at?.removeFile(name)
    },
  }
}

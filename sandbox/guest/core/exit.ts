// The end of a cell by `process.exit`.

/** What `process.exit` throws: the cell ends there. */
export class Exit extends Error {
  override name = 'Exit'
  readonly #exitCode: number
  constructor(exitCode: number) {
    super(`process.exit(${exitCode}) was called.`)
    this.#exitCode = exitCode
  }
  /** The exit code, if that is what was thrown; asks nothing of what was thrown, which may be anything. */
  static codeOf(thrown: unknown): number | undefined {
    return typeof thrown === 'object' && thrown !== null && #exitCode in thrown ? thrown.#exitCode : undefined
  }
}

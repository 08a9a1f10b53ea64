// Ends a cell when a snippet calls `process.exit`.

/** Thrown by `process.exit` to end the cell. */
export class Exit extends Error {
  override name = 'Exit'
  readonly #exitCode: number
  constructor(exitCode: number) {
    super(`process.exit(${exitCode}) was called.`)
    this.#exitCode = exitCode
  }
  /** The exit code if an Exit was thrown; reads no properties of other values, which may have getters. */
  static codeOf(thrown: unknown): number | undefined {
    return typeof thrown === 'object' && thrown !== null && #exitCode in thrown ? thrown.#exitCode : undefined
  }
}

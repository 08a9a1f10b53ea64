// What an export can fail with.

/** `code` is stable; the message is a sentence for the person. */
export class ExportError extends Error {
  readonly code: string
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

// The errors of an export.

/** `code` is stable; the message is a sentence for the user. */
export class ExportError extends Error {
  readonly code: string
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

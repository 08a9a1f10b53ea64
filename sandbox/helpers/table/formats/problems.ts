// Errors that several readers of workbooks have in common.

/** The error for a workbook that only its password opens. */
export function locked(what: string, cause?: unknown): Error {
  return new Error(
    `readTable: ${what} is encrypted and cannot be read without its password. Open it, save it without a password or its sheet as CSV, and attach that.`,
    { cause },
  )
}

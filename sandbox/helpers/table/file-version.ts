// What tells the contents of a file from any that it had before. Outside the sandbox nothing does: two writes may have the
// same time. In the sandbox, the bundler replaces this module with ../../guest/file-version-proxy.ts.

/** The version of a file's contents; undefined if it is not known. */
export async function fileVersion(_file: string): Promise<string | undefined> {
  return undefined
}

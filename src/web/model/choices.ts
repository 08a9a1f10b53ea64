// The files chosen for the next message, in the order of choice. An upload gets its position when it is chosen and its
// file names when it has arrived.

interface Choice {
  /** Key of the upload, if it is one. */
  readonly upload?: string
  /** Empty while an upload is running. */
  readonly names: readonly string[]
}

export type Choices = readonly Choice[]

/** Appends the uploads with these keys. */
export function chooseUploads(choices: Choices, keys: readonly string[]): Choices {
  return [...choices, ...keys.map((upload) => ({ upload, names: [] }))]
}

/** Gives an upload the names of its files; they keep its position. */
export function nameUpload(choices: Choices, key: string, names: readonly string[]): Choices {
  return choices.map((choice) => (choice.upload === key ? { ...choice, names } : choice))
}

/** Moves this file to the end. */
export function chooseFile(choices: Choices, name: string): Choices {
  return [...leaveOut(choices, name), { names: [name] }]
}

/** Removes this file. */
export function leaveOut(choices: Choices, name: string): Choices {
  return choices.map((choice) => ({ ...choice, names: choice.names.filter((one) => one !== name) }))
}

/** All names without duplicates: the chosen ones in the order of choice, then `others`, which were not chosen here. */
export function inOrder(choices: Choices, others: Iterable<string>): readonly string[] {
  return [...new Set([...choices.flatMap(({ names }) => names), ...others])]
}

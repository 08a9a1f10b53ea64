// What a person chose for the next message, in the order in which they chose it: files of the session by name, and uploads,
// which get their place when they are chosen and their names when they arrive.

interface Choice {
  /** Key of the upload that it is. */
  readonly upload?: string
  /** None yet of an upload that is on its way. */
  readonly names: readonly string[]
}

export type Choices = readonly Choice[]

/** With the uploads of these keys as the last. */
export function chooseUploads(choices: Choices, keys: readonly string[]): Choices {
  return [...choices, ...keys.map((upload) => ({ upload, names: [] }))]
}

/** The upload has become files of these names; they keep its place. */
export function nameUpload(choices: Choices, key: string, names: readonly string[]): Choices {
  return choices.map((choice) => (choice.upload === key ? { ...choice, names } : choice))
}

/** With this file as the last. */
export function chooseFile(choices: Choices, name: string): Choices {
  return [...leaveOut(choices, name), { names: [name] }]
}

/** Without this file. */
export function leaveOut(choices: Choices, name: string): Choices {
  return choices.map((choice) => ({ ...choice, names: choice.names.filter((one) => one !== name) }))
}

/** The names, each once, in the order in which they were chosen; then the `others`, which came in another way. */
export function inOrder(choices: Choices, others: Iterable<string>): readonly string[] {
  return [...new Set([...choices.flatMap(({ names }) => names), ...others])]
}

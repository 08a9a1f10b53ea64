// Replaces node:http and node:https: loading a picture from a URL is refused with a reason.
export function get(url: string): never {
  throw new Error(
    `Cannot load ${url.slice(0, 200)}: the sandbox has no network. Add the picture to the session's files.`,
  )
}

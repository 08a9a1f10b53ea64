// Preferences in the browser's local storage; where it is forbidden they last as long as the page.

const PREFIX = 'easel.'
const own = new Map<string, string>()

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? own.get(key)
  } catch {
    return own.get(key)
  }
}

export function keep(key: string, value: string): void {
  own.set(key, value)
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // Kept in `own`.
  }
}

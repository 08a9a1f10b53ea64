// Preferences in the browser's local storage; where it is blocked they last until the page is closed.

const PREFIX = 'easel.'
const own = new Map<string, string>()

export function readPreference(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? own.get(key)
  } catch {
    return own.get(key)
  }
}

export function storePreference(key: string, value: string): void {
  own.set(key, value)
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // Kept in `own`.
  }
}

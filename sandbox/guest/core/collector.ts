// The garbage collector function, captured before any snippet code runs, so that snippets cannot call it.

const realm = globalThis as { gc?: () => void }

/** Collects garbage now; undefined unless the process exposes gc. */
export const collect = realm.gc

Reflect.deleteProperty(realm, 'gc')
if (realm.gc) realm.gc = undefined

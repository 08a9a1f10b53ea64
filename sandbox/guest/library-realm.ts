// The global object as libraries of the guest bundle see it. Names of cells are globals here, and in Node they are not:
// a cell's `const window` is no browser's, and its `Image` no place to put another one.
import type { Plugin } from 'rolldown'

/**
 * Variables of the bundle: `$realm` is the global object, but a name that a cell has bound, by the word of `$cells`
 * (core/session.ts), is another one in it.
 */
const REALM = `var $cells = { bind: () => false }, $realm = new Proxy({ __proto__: null }, {
  get: (own, name) => ($cells.bind(name) ? own : globalThis)[name],
  set: (own, name, value) => (($cells.bind(name) ? own : globalThis)[name] = value, true),
  deleteProperty: (own, name) => delete ($cells.bind(name) ? own : globalThis)[name],
});`

/** Globals of browsers and module loaders that libraries look for. */
const LOOKED_FOR = ['window', 'document', 'self', 'define', 'Path2D', 'OffscreenCanvas', 'FileReader']

/** A rolldown plugin: what libraries look for is looked for in `$realm`. */
export function libraryRealm(): Plugin {
  return {
    name: 'easel-library-realm',
    intro: () => REALM,
    options: (given) => ({
      ...given,
      transform: { ...given.transform, define: Object.fromEntries(LOOKED_FOR.map((name) => [name, `$realm.${name}`])) },
    }),
  }
}

// The global object as libraries in the guest bundle see it. Names declared by cells are globals here, unlike in Node;
// they are hidden, so that a cell's `const window` does not look like a browser's and its `Image` is not overwritten.
import type { Plugin } from 'rolldown'

/**
 * Variables of the bundle: `$realm` is the global object, except that names bound by cells, as reported by `$cells`
 * (core/cell-lifecycle.ts), have separate values in it.
 */
const REALM = `var $cells = { bind: () => false }, $realm = new Proxy({ __proto__: null }, {
  get: (own, name) => ($cells.bind(name) ? own : globalThis)[name],
  set: (own, name, value) => (($cells.bind(name) ? own : globalThis)[name] = value, true),
  deleteProperty: (own, name) => delete ($cells.bind(name) ? own : globalThis)[name],
});`

/** Globals of browsers and module loaders that libraries test for. */
const LOOKED_FOR = ['window', 'document', 'self', 'define', 'Path2D', 'OffscreenCanvas', 'FileReader']

/** A rolldown plugin that declares `$realm` and makes libraries look up these globals in it. */
export function libraryRealm(): Plugin {
  return { ...lookUpInRealm(), intro: () => REALM }
}

/** The same for a bundle that is given `$realm`. */
export function lookUpInRealm(): Plugin {
  return {
    name: 'easel-library-realm',
    options: (given) => ({
      ...given,
      transform: { ...given.transform, define: Object.fromEntries(LOOKED_FOR.map((name) => [name, `$realm.${name}`])) },
    }),
  }
}

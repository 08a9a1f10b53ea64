// The guest modules `@napi-rs/canvas` and `canvas`: the package's own JavaScript on our binding.
import napiCanvas from '@napi-rs/canvas'
import nodeCanvas from 'canvas'

/** Importable name -> the module as `require` returns it in Node, which is also its default import. */
export const canvasModules: Readonly<Record<string, () => object>> = {
  '@napi-rs/canvas': () => napiCanvas,
  canvas: () => nodeCanvas,
}

// The modules `@napi-rs/canvas` and `canvas` of the guest: the package's own JavaScript, on our binding.
import napiCanvas from '@napi-rs/canvas'
import nodeCanvas from 'canvas'

/** Importable name -> what `require` gives for it in Node; also its default import. */
export const canvasModules: Readonly<Record<string, () => object>> = {
  '@napi-rs/canvas': () => napiCanvas,
  canvas: () => nodeCanvas,
}

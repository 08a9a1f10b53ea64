// chartjs-node-canvas asks for its canvas by name at run time; here names are looked up, not required.
import nodeCanvas from 'canvas'

/** The module of this name; plugins by name would need packages the sandbox does not have. */
export function freshRequire(name: string): unknown {
  if (name === 'canvas') return nodeCanvas
  throw new Error(
    `The sandbox has no chart plugin '${name}'. Write it in the snippet and pass the object in plugins.modern.`,
  )
}

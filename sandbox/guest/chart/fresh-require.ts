// chartjs-node-canvas requires its canvas by name at run time; here the name is looked up instead.
import nodeCanvas from 'canvas'

/** Returns the module of this name; throws for plugins, whose packages the sandbox does not have. */
export function freshRequire(name: string): unknown {
  if (name === 'canvas') return nodeCanvas
  throw new Error(
    `The sandbox has no chart plugin '${name}'. Write it in the snippet and pass the object in plugins.modern.`,
  )
}

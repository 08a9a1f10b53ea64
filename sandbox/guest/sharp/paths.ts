// node:path for sharp's `toFile`: relative names are resolved against the session's folder.
import path from 'sharp:path'

export default {
  resolve: (name: string): string => path.resolve('/mnt/data', name),
  extname: (name: string): string => path.extname(name),
}

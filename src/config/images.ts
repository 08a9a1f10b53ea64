// Whether and with which model images are generated: set by the environment, then the config file.
import type { ImagesSetting } from '../planner/openai/images/images.ts'
import { UsageError } from '../usage-error.ts'

/** Their keys in the config file. */
export const IMAGES_NAMES = ['images', 'imageModel']

const SETTINGS: readonly ImagesSetting[] = ['auto', 'on', 'off']

export interface ImagesConfig {
  readonly images: ImagesSetting | undefined
  readonly imageModel: string | undefined
}

/** Reads the settings; throws a UsageError that names the invalid one. */
export function readImages(env: NodeJS.ProcessEnv, file: Readonly<Record<string, string | number>>): ImagesConfig {
  const variable = env['EASEL_IMAGES']?.trim()
  const [from, raw] = variable
    ? ['EASEL_IMAGES', variable]
    : ['images in the config file', file['images'] === undefined ? '' : String(file['images']).trim()]
  const images = SETTINGS.find((one) => one === raw.toLowerCase())
  if (raw !== '' && images === undefined) throw new UsageError(`${from} cannot be "${raw}"; it is on, off or auto.`)
  const imageModel = env['EASEL_IMAGE_MODEL']?.trim() || String(file['imageModel'] ?? '').trim()
  return { images, imageModel: imageModel || undefined }
}

// The fields of sharp's options object that the native half reads, from its own real sharp objects after the replay.
import type { Sharp } from 'sharp'

/** One input of a pipeline: the picture itself, a layer or an operand. */
export interface Descriptor {
  readonly file?: string
  buffer?: Buffer | unknown[]
  limitInputPixels: number
  unlimited: boolean
  readonly autoOrient: boolean
  readonly rawWidth?: number
  readonly rawHeight?: number
  readonly rawChannels?: number
  readonly rawPageHeight?: number
  readonly createWidth?: number
  readonly createHeight?: number
  readonly createChannels?: number
  readonly createPageHeight?: number
  readonly textValue?: string
  readonly textFont?: string
  readonly textFontfile?: string
  readonly textWidth?: number
  readonly textHeight?: number
  readonly textDpi?: number
  readonly joinAcross?: number
  readonly joinShim?: number
  readonly joinAnimated?: boolean
}

export interface Settings {
  input: Descriptor
  readonly join?: readonly Descriptor[]
  readonly composite: readonly { readonly input: Descriptor; readonly tile: boolean }[]
  readonly joinChannelIn: readonly Descriptor[]
  readonly boolean?: Descriptor
  formatOut: string
  readonly fileOut: string
  readonly rawDepth: string
  readonly withIccProfile: string
  readonly greyscale: boolean
  readonly width: number
  readonly height: number
  readonly canvas: 'crop' | 'embed' | 'ignore_aspect' | 'max' | 'min'
  readonly withoutEnlargement: boolean
  readonly fastShrinkOnLoad: boolean
  readonly gamma: number
  readonly trimThreshold: number
  readonly keepGainMap: boolean
  readonly withGainMap: boolean
  readonly colourspacePipeline: string
  readonly withoutReduction: boolean
  readonly angle: number
  readonly rotationAngle: number
  readonly rotateBefore: boolean
  readonly orientBefore: boolean
  readonly flip: boolean
  readonly flop: boolean
  readonly topOffsetPre: number
  readonly widthPre: number
  readonly heightPre: number
  readonly topOffsetPost: number
  readonly widthPost: number
  readonly heightPost: number
  readonly affineMatrix: readonly number[]
  readonly extendTop: number
  readonly extendBottom: number
  readonly extendLeft: number
  readonly extendRight: number
}

/** The options object of a sharp instance. */
export function settingsOf(image: Sharp): Settings {
  return (image as unknown as { options: Settings }).options
}

/** All inputs of a pipeline in the order in which sharp opens them. */
export function descriptorsOf(settings: Settings): Descriptor[] {
  return [
    ...(settings.join ?? [settings.input]),
    ...settings.joinChannelIn,
    ...settings.composite.map((layer) => layer.input),
    ...(settings.boolean ? [settings.boolean] : []),
  ]
}

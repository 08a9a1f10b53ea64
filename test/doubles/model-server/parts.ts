// Messages as they went over the wire, and the pictures in them.
import sharp from 'sharp'

interface WirePart {
  readonly type: string
  readonly text?: string
  readonly image_url?: { readonly url: string; readonly detail: string }
}
export interface WireMessage {
  readonly role: string
  readonly content: string | readonly WirePart[] | null
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[]
  readonly tool_call_id?: string
}

export const partsIn = (message: WireMessage | undefined): readonly WirePart[] =>
  Array.isArray(message?.content) ? (message.content as readonly WirePart[]) : []
export const picturesIn = (message: WireMessage | undefined): NonNullable<WirePart['image_url']>[] =>
  partsIn(message).flatMap(({ image_url: image }) => image ?? [])
export const textOf = (message: WireMessage | undefined): string => partsIn(message)[0]?.text ?? ''

/** The bytes of a data URL, decoded. */
export async function decoded({ url }: { readonly url: string }) {
  const [, mime = '', base64 = ''] = /^data:([^;]+);base64,(.*)$/s.exec(url) ?? []
  const bytes = Buffer.from(base64, 'base64')
  const { format, width, height } = await sharp(bytes).metadata()
  return { mime, format, width, height, bytes: bytes.length }
}

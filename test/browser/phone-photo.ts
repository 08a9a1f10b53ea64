// A phone photo in HEIC, whose compression (HEVC) is patented, so that our decoder does not support it.

/** A well-formed container with a picture's properties, but no frame that could be decoded. */
export function phonePhoto(width: number, height: number): Buffer {
  const start = box('ftyp', latin('heic'), u32(0), latin('mif1heic'))
  const payload = Buffer.alloc(4096, 7)
  // The payload's offset does not change the length of the box that contains it.
  const at = start.length + meta(width, height, 0, payload.length).length + 8
  return Buffer.concat([start, meta(width, height, at, payload.length), box('mdat', payload)])
}

function meta(width: number, height: number, at: number, length: number): Buffer {
  const item = full('infe', 2, u16(1), u16(0), latin('hvc1'), latin('\0'))
  const place = full('iloc', 0, u16(0x4400), u16(1), u16(1), u16(0), u16(1), u32(at), u32(length))
  const properties = box('ipco', box('hvcC', decoderFacts()), full('ispe', 0, u32(width), u32(height)))
  const owners = full('ipma', 0, u32(1), u16(1), Buffer.from([2, 0x81, 0x02]))
  return full(
    'meta',
    0,
    full('hdlr', 0, u32(0), latin('pict'), Buffer.alloc(13)),
    full('pitm', 0, u16(1)),
    full('iinf', 0, u16(1), item),
    place,
    box('iprp', properties, owners),
  )
}

/** Main profile, 8 bits, no parameter sets. */
function decoderFacts(): Buffer {
  const facts = Buffer.alloc(23)
  facts.set([1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 90, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0])
  return facts
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), latin(type), body])
}

const full = (type: string, version: number, ...parts: readonly Buffer[]): Buffer =>
  box(type, u32(version * 2 ** 24), ...parts)
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

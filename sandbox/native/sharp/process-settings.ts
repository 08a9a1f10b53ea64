// What the real sharp may do in this process, set once when the native half is loaded: only these loaders, only from
// buffers, no cache (pictures differ and memory counts), one thread a picture (with two, `stats` names now this pixel, now
// that one among equals). Operation names are libvips' own.
import sharp from 'sharp'

const LOADERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadUhdrBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadTiffBuffer',
  'VipsForeignLoadHeifBuffer',
  'VipsForeignLoadSvgBuffer',
]

/** Blocks every loader of libvips except the ones that read a web picture from memory; for the whole process. */
export function raiseWalls(): void {
  sharp.block({ operation: ['VipsForeignLoad', 'VipsForeignSaveDz', 'VipsForeignSaveVips'] })
  sharp.unblock({ operation: LOADERS })
  sharp.cache(false)
  sharp.concurrency(1)
}

// sharp's settings for this process, made once when the native half is loaded: only these loaders, only from buffers;
// no cache (inputs differ and memory counts); one thread a picture (with two, `stats` varies in which of several equal
// pixels it reports). Operation names are libvips'.
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

/** Blocks all of libvips' loaders except those that read a web picture from memory, for the whole process. */
export function restrictSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad', 'VipsForeignSaveDz', 'VipsForeignSaveVips'] })
  sharp.unblock({ operation: LOADERS })
  sharp.cache(false)
  sharp.concurrency(1)
}

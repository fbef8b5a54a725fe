import blosc from 'h5wasm-plugins/plugins/libH5Zblosc.so?url';
import blosc2 from 'h5wasm-plugins/plugins/libH5Zblosc2.so?url';
import bshuf from 'h5wasm-plugins/plugins/libH5Zbshuf.so?url';
import bz2 from 'h5wasm-plugins/plugins/libH5Zbz2.so?url';
import jpeg from 'h5wasm-plugins/plugins/libH5Zjpeg.so?url';
import lz4 from 'h5wasm-plugins/plugins/libH5Zlz4.so?url';
import lzf from 'h5wasm-plugins/plugins/libH5Zlzf.so?url';
import zfp from 'h5wasm-plugins/plugins/libH5Zzfp.so?url';
import zstd from 'h5wasm-plugins/plugins/libH5Zzstd.so?url';

/** A compression that the library does not have built in. */
export interface Plugin {
  readonly name: string;
  /** Where our server has its code. */
  readonly url: string;
}

/** By the numbers under which the HDF Group has them registered. */
export const plugins: Readonly<Record<number, Plugin>> = {
  307: { name: 'bz2', url: bz2 },
  32000: { name: 'lzf', url: lzf },
  32001: { name: 'blosc', url: blosc },
  32004: { name: 'lz4', url: lz4 },
  32008: { name: 'bshuf', url: bshuf },
  32013: { name: 'zfp', url: zfp },
  32015: { name: 'zstd', url: zstd },
  32019: { name: 'jpeg', url: jpeg },
  32026: { name: 'blosc2', url: blosc2 },
};

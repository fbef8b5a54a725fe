/** What comes with pdf.js: fonts that PDFs may leave out, tables of Asian characters, decoders of rare images. */
const addresses: Readonly<Record<string, string>> = {
  ...import.meta.glob<string>('/../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('/../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('/../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
};

const byName = new Map(
  Object.entries(addresses).map(([path, address]) => [path.replace(/^.*\//, ''), address]),
);

/** Gives pdf.js its own data by name: in the bundle, each file has the hash of its contents in its name. */
export class PdfData {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = byName.get(filename);
    if (address === undefined) throw new Error(`The file "${filename}" of pdf.js is not in the bundle.`);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`The file "${filename}" of pdf.js can not be read (${answer.status}).`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

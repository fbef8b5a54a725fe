import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip of some texts by name; a name that ends with a slash is a folder. */
export async function zipArchive(texts: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(texts)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(text), name);
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

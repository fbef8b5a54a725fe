/** An object of a PDF besides its pages: what stands between `obj` and `endobj`. */
type PdfObject = string;

interface PdfOptions {
  /** Entries of the catalogue, such as `/OpenAction 5 0 R`. */
  readonly catalogue?: string;
  /** Entries of the first page, such as `/Annots [5 0 R]`. */
  readonly firstPage?: string;
  /** They are numbered from 4. */
  readonly objects?: readonly PdfObject[];
}

/** A PDF (ISO 32000) of A5 pages with a line of text on each. */
export function pdfDocument(lines: readonly string[], options: PdfOptions = {}): Uint8Array<ArrayBuffer> {
  const { catalogue = '', firstPage = '', objects: others = [] } = options;
  const first = 4 + others.length;
  const kids = lines.map((_, i) => `${first + 2 * i} 0 R`);
  const pages = lines.flatMap((line, i) => {
    const text = `BT /F1 24 Tf 40 500 Td (${line.replace(/[()\\]/g, '\\$&')}) Tj ET`;
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents ${first + 2 * i + 1} 0 R
        /Resources << /Font << /F1 3 0 R >> >> ${i === 0 ? firstPage : ''} >>`,
      `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    ];
  });
  return assemble([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${lines.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...others,
    ...pages,
  ]);
}

function assemble(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

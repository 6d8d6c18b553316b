import { type Locale, say } from "@ringfence/core/platform/message";
import path from "node:path";
import PDFDocument from "pdfkit";
import { z } from "zod";

/** DejaVu 2.37: free, and has Cyrillic. */
const fontFiles = { plain: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf" };

export type Fact = { label: string; value: string };

/**
 * A PDF of A4 pages, measured in points. Each function writes below what was written before. A character that the fonts
 * lack is printed as □ (a mark on a letter is left out), and a sentence at the end says so.
 */
export type Sheet = {
  /** Writes the title with a QR code beside it (null for none), then sentences in bold, then `lead` in grey. */
  head: (qr: Buffer | null, presentState: readonly string[], lead: string) => void;
  /** Writes labels with their values below a heading. Writes nothing if there are none. */
  facts: (title: string, facts: readonly Fact[]) => void;
  quote: (title: string, text: string) => void;
  sentences: (title: string, sentences: readonly string[]) => void;
  /** Attaches a JSON file. Not to an archival file (`isArchival`). */
  attach: (name: string, text: string) => void;
  /** Ends the PDF and returns its bytes. Nothing can be written afterwards. */
  end: () => Promise<Uint8Array>;
};

const MARGIN = 48;
const WIDTH = 595 - 2 * MARGIN;
const LABEL_WIDTH = 130;
const QR_WIDTH = 92;
const colors = { plain: "#14211f", muted: "#55615f", line: "#c9d0ce" };

type SheetSettings = {
  title: string;
  /** The folder `fonts` of this package. */
  fontFolder: string;
  locale: Locale;
  /** True for a file that has to be read in decades: PDF/A-2b (ISO 19005-2), which allows no attachments. */
  isArchival?: boolean;
};

/** Opens a PDF of A4 pages that begins with this title. */
export function openSheet({ title, fontFolder, locale, isArchival = false }: SheetSettings): Sheet {
  const pdf = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: title },
    lang: locale,
    pdfVersion: "1.7",
    ...(isArchival && { subset: "PDF/A-2b" }),
  });
  for (const [name, file] of Object.entries(fontFiles)) {
    pdf.registerFont(name, path.join(fontFolder, file));
  }
  const chunks: Buffer[] = [];
  const ended = new Promise<Uint8Array>((resolve) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });

  const { print, hasReplaced } = createPrinter(pdf);
  const heading = (text: string) => writeHeading(pdf, print(text));
  const writeSentence = (text: string) => {
    pdf.font("plain").fontSize(8.5).fillColor(colors.plain);
    pdf.text(print(text), MARGIN, pdf.y, { width: WIDTH });
    pdf.moveDown(0.35);
  };
  return {
    head(qr, presentState, lead) {
      if (qr) pdf.image(qr, MARGIN + WIDTH - QR_WIDTH, MARGIN, { width: QR_WIDTH });
      const width = qr ? WIDTH - QR_WIDTH - 20 : WIDTH;
      pdf.font("bold").fontSize(20).fillColor(colors.plain);
      pdf.text(print(title), MARGIN, MARGIN, { width });
      pdf.moveDown(0.3).font("bold").fontSize(9.5);
      for (const sentence of presentState) pdf.moveDown(0.2).text(print(sentence), { width });
      pdf.moveDown(0.5).font("plain").fontSize(8.5).fillColor(colors.muted);
      pdf.text(print(lead), { width });
      if (qr) pdf.y = Math.max(pdf.y, MARGIN + QR_WIDTH);
    },
    facts(title, facts) {
      if (facts.length === 0) return;
      heading(title);
      for (const { label, value } of facts) {
        writeFact(pdf, { label: print(label), value: print(value) });
      }
    },
    quote(title, text) {
      heading(title);
      pdf.font("plain").fontSize(9.5).fillColor(colors.plain);
      pdf.text(print(text), MARGIN + 10, pdf.y, { width: WIDTH - 10 });
    },
    sentences(title, sentences) {
      heading(title);
      for (const sentence of sentences) writeSentence(sentence);
    },
    attach(name, text) {
      pdf.file(Buffer.from(text), { name, type: "application/json" });
    },
    end() {
      if (hasReplaced()) writeSentence(say(locale, { key: "sheet.unprintable" }));
      pdf.end();
      return ended;
    },
  };
}

/** pdfkit does not publish which characters a font has. */
const OpenedFont = z.object({ font: z.object({ characterSet: z.array(z.number()) }) });

/**
 * Creates a function that replaces characters which one of the fonts lacks, because PDF/A does not allow them: a space
 * by a plain one, and other characters by □. Controls and marks on letters are left out. `hasReplaced` is true once a
 * character was replaced or a mark left out.
 */
function createPrinter(pdf: PDFKit.PDFDocument) {
  const sets = Object.keys(fontFiles).map(
    (name) => new Set(OpenedFont.parse(Reflect.get(pdf.font(name), "_font")).font.characterSet),
  );
  let replaced = false;
  const printOne = (character: string) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n" || sets.every((set) => set.has(code))) return character;
    if (/\s/.test(character)) return " ";
    if (/[\p{Cc}\p{Cf}]/u.test(character)) return "";
    replaced = true;
    return /\p{M}/u.test(character) ? "" : "□";
  };
  const print = (text: string) => Array.from(text.normalize("NFC"), printOne).join("");
  return { print, hasReplaced: () => replaced };
}

function writeHeading(pdf: PDFKit.PDFDocument, text: string) {
  if (pdf.y > 842 - 2 * MARGIN - 40) pdf.addPage();
  pdf.x = MARGIN;
  pdf.moveDown(0.9).font("bold").fontSize(10.5).fillColor(colors.plain).text(text);
  pdf.moveDown(0.25);
  pdf
    .moveTo(MARGIN, pdf.y)
    .lineTo(MARGIN + WIDTH, pdf.y)
    .lineWidth(0.5)
    .stroke(colors.line);
  pdf.moveDown(0.35);
}

/** Writes a label and its value, on a new page if they do not fit. */
function writeFact(pdf: PDFKit.PDFDocument, { label, value }: Fact) {
  const width = WIDTH - LABEL_WIDTH;
  pdf.font("plain").fontSize(9.5);
  const labelHeight = pdf.heightOfString(label, { width: LABEL_WIDTH - 10 });
  const height = Math.max(pdf.heightOfString(value, { width }), labelHeight, 12);
  if (pdf.y + height > 842 - MARGIN) pdf.addPage();
  const { y } = pdf;
  pdf.fillColor(colors.muted).text(label, MARGIN, y, { width: LABEL_WIDTH - 10 });
  const below = pdf.y;
  pdf.fillColor(colors.plain).text(value, MARGIN + LABEL_WIDTH, y, { width });
  pdf.y = Math.max(pdf.y, below) + 2.5;
  pdf.x = MARGIN;
}

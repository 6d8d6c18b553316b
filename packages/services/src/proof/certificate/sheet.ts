import path from "node:path";
import PDFDocument from "pdfkit";

/** DejaVu 2.37: free, and has Cyrillic. */
const files = { plain: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf" };

type Fact = { label: string; value: string };

/** A4 in points; the first things on it are those that are looked for. */
export type Sheet = {
  head: (qr: Buffer, now: readonly string[], lead: string) => void;
  facts: (title: string, facts: readonly Fact[]) => void;
  quote: (title: string, text: string) => void;
  sentences: (title: string, sentences: readonly string[]) => void;
  attach: (name: string, text: string) => void;
  end: () => Promise<Uint8Array>;
};

const MARGIN = 48;
const WIDTH = 595 - 2 * MARGIN;
const LABEL = 130;
const QR = 92;
const ink = { plain: "#14211f", muted: "#55615f", line: "#c9d0ce" };

export function openSheet(title: string, fontFolder: string): Sheet {
  const pdf = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: title },
    pdfVersion: "1.7",
  });
  for (const [name, file] of Object.entries(files)) {
    pdf.registerFont(name, path.join(fontFolder, file));
  }
  const chunks: Buffer[] = [];
  const ended = new Promise<Uint8Array>((resolve) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });

  const heading = (text: string) => writeHeading(pdf, text);
  return {
    head(qr, now, lead) {
      pdf.image(qr, MARGIN + WIDTH - QR, MARGIN, { width: QR });
      const width = WIDTH - QR - 20;
      pdf.font("bold").fontSize(20).fillColor(ink.plain).text(title, MARGIN, MARGIN, { width });
      pdf.moveDown(0.3).font("bold").fontSize(9.5);
      for (const sentence of now) pdf.moveDown(0.2).text(sentence, { width });
      pdf.moveDown(0.5).font("plain").fontSize(8.5).fillColor(ink.muted).text(lead, { width });
      pdf.y = Math.max(pdf.y, MARGIN + QR);
    },
    facts(title, facts) {
      if (facts.length === 0) return;
      heading(title);
      for (const fact of facts) line(pdf, fact);
    },
    quote(title, text) {
      heading(title);
      pdf.font("plain").fontSize(9.5).fillColor(ink.plain);
      pdf.text(text, MARGIN + 10, pdf.y, { width: WIDTH - 10 });
    },
    sentences(title, sentences) {
      heading(title);
      pdf.font("plain").fontSize(8.5).fillColor(ink.plain);
      for (const sentence of sentences) {
        pdf.text(sentence, MARGIN, pdf.y, { width: WIDTH });
        pdf.moveDown(0.35);
      }
    },
    attach(name, text) {
      pdf.file(Buffer.from(text), { name, type: "application/json" });
    },
    end() {
      pdf.end();
      return ended;
    },
  };
}

function writeHeading(pdf: PDFKit.PDFDocument, text: string) {
  if (pdf.y > 842 - 2 * MARGIN - 40) pdf.addPage();
  pdf.x = MARGIN;
  pdf.moveDown(0.9).font("bold").fontSize(10.5).fillColor(ink.plain).text(text);
  pdf.moveDown(0.25);
  pdf
    .moveTo(MARGIN, pdf.y)
    .lineTo(MARGIN + WIDTH, pdf.y)
    .lineWidth(0.5)
    .stroke(ink.line);
  pdf.moveDown(0.35);
}

/** What it is, and beside it what it says, however long. */
function line(pdf: PDFKit.PDFDocument, { label, value }: Fact) {
  const width = WIDTH - LABEL;
  pdf.font("plain").fontSize(9.5);
  const height = Math.max(pdf.heightOfString(value, { width }), 12);
  if (pdf.y + height > 842 - MARGIN) pdf.addPage();
  const { y } = pdf;
  pdf.fillColor(ink.muted).text(label, MARGIN, y, { width: LABEL - 10 });
  const below = pdf.y;
  pdf.fillColor(ink.plain).text(value, MARGIN + LABEL, y, { width });
  pdf.y = Math.max(pdf.y, below) + 2.5;
  pdf.x = MARGIN;
}

import {
  type Certificate,
  type ClaimName,
  type VerificationStep,
  checkCertificate,
  describeClaims,
  hashToBase64url,
  toKindWord,
} from "@ringfence/core/proof/ledger";
import { type Locale, say } from "@ringfence/core/platform/message";
import QRCode from "qrcode";
import path from "node:path";
import PDFDocument from "pdfkit";
import { z } from "zod";

/** Input for printing a certificate, besides the certificate itself. Only our own programs can pass it. */
export const PrintSettings = z.strictObject({
  locale: z.enum(["en", "ru"] satisfies Locale[]),
  /** Origin at which people reach the pages; that of the page that checks the certificate is printed. */
  publicUrl: z.string(),
  /** The folder `fonts` of this package, which a bundled app must locate itself. */
  fontFolder: z.string(),
});

type CertificateLayout = {
  certificate: Certificate;
  locale: Locale;
  /** Address of the page on which anyone can check the certificate. */
  address: string;
  fontFolder: string;
  /** IANA name of the zone in which times are shown. */
  zone: string;
};

/**
 * Lays out a certificate as a PDF that an officer can read in a minute. The certificate itself is attached,
 * so that anyone can verify it. Throws if a step of the verification fails. A certificate whose proof is still to
 * come is printed, and says so.
 */
export async function layOutCertificate({
  certificate,
  locale,
  address,
  fontFolder,
  zone,
}: CertificateLayout): Promise<Uint8Array> {
  const text = JSON.stringify(certificate, null, 2);
  const { verdict, steps, claims } = checkCertificate(text);
  if (verdict === "broken" || claims === null) throw new Error("a certificate of ours is broken");

  const organization = readName(claims.organization);
  const kind = toKindWord(claims.kind);
  const jwt = certificate.statement.slice(0, certificate.statement.indexOf("~"));
  const sheet = openSheet(say(locale, { key: "certificate.title", values: { kind } }), fontFolder);
  const qr = await QRCode.toBuffer(`${address}#${hashToBase64url(jwt)}`, { margin: 0, scale: 6 });
  const presentState = steps.filter(({ step }) => step === "later" || step === "inclusion");
  sheet.head(
    qr,
    presentState.toReversed().map(({ message }) => say(locale, message, zone)),
    say(locale, { key: "certificate.lead", values: { organization, address } }),
  );

  const lines = describeClaims(locale, claims, zone);
  const pick = (names: ReadonlySet<ClaimName>) => lines.filter(({ claim }) => names.has(claim));
  sheet.facts(say(locale, { key: "certificate.what", values: { kind } }), pick(subjectClaims));
  printWords(sheet, certificate, locale);
  sheet.facts(say(locale, { key: "certificate.how" }), pick(originClaims));
  sheet.sentences(say(locale, { key: "certificate.proof" }), [
    ...steps
      .filter(({ step }) => !stepsShownElsewhere.has(step))
      .map(({ message }) => say(locale, message, zone)),
    say(locale, { key: "certificate.fingerprint", values: { value: hashToBase64url(jwt) } }),
  ]);
  sheet.attach("certificate.json", text);
  return sheet.end();
}

/** Steps that the page shows at its top, or that mean nothing to a reader. */
const stepsShownElsewhere: ReadonlySet<VerificationStep> = new Set(["form", "later", "inclusion"]);

function printWords(sheet: Sheet, { words }: Certificate, locale: Locale) {
  if (words === null) return;
  sheet.quote(say(locale, { key: "certificate.words" }), words.text);
}

const readName = (organization: unknown): string =>
  typeof organization === "object" && organization !== null && "name" in organization
    ? String(organization.name)
    : "";

const subjectClaims: ReadonlySet<ClaimName> = new Set([
  "kind",
  "phone",
  "name",
  "email",
  "organization",
  "seller",
  "purposes",
  "channels",
  "scope",
  "subjects",
  "erased",
  "files",
  "reason",
  "at",
  "valid_until",
  "reference",
]);

const originClaims: ReadonlySet<ClaimName> = new Set([
  "source",
  "placement",
  "channel",
  "act",
  "is_written",
  "url",
  "ip",
  "user_agent",
  "signature",
  "recording",
  "scan",
  "evidence",
  "note",
  "disclosure",
  "consent",
  "opt_out",
  "erasure",
  "recorded_at",
  "recorded_by",
]);

/** DejaVu 2.37: free, and has Cyrillic. */
const fontFiles = { plain: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf" };

type Fact = { label: string; value: string };

/** A PDF of A4 pages, measured in points. Each function writes below what was written before. */
type Sheet = {
  head: (qr: Buffer, presentState: readonly string[], lead: string) => void;
  facts: (title: string, facts: readonly Fact[]) => void;
  quote: (title: string, text: string) => void;
  sentences: (title: string, sentences: readonly string[]) => void;
  attach: (name: string, text: string) => void;
  end: () => Promise<Uint8Array>;
};

const MARGIN = 48;
const WIDTH = 595 - 2 * MARGIN;
const LABEL_WIDTH = 130;
const QR_WIDTH = 92;
const colors = { plain: "#14211f", muted: "#55615f", line: "#c9d0ce" };

function openSheet(title: string, fontFolder: string): Sheet {
  const pdf = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: title },
    pdfVersion: "1.7",
  });
  for (const [name, file] of Object.entries(fontFiles)) {
    pdf.registerFont(name, path.join(fontFolder, file));
  }
  const chunks: Buffer[] = [];
  const ended = new Promise<Uint8Array>((resolve) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });

  const heading = (text: string) => writeHeading(pdf, text);
  return {
    head(qr, presentState, lead) {
      pdf.image(qr, MARGIN + WIDTH - QR_WIDTH, MARGIN, { width: QR_WIDTH });
      const width = WIDTH - QR_WIDTH - 20;
      pdf.font("bold").fontSize(20).fillColor(colors.plain).text(title, MARGIN, MARGIN, { width });
      pdf.moveDown(0.3).font("bold").fontSize(9.5);
      for (const sentence of presentState) pdf.moveDown(0.2).text(sentence, { width });
      pdf.moveDown(0.5).font("plain").fontSize(8.5).fillColor(colors.muted).text(lead, { width });
      pdf.y = Math.max(pdf.y, MARGIN + QR_WIDTH);
    },
    facts(title, facts) {
      if (facts.length === 0) return;
      heading(title);
      for (const fact of facts) writeFact(pdf, fact);
    },
    quote(title, text) {
      heading(title);
      pdf.font("plain").fontSize(9.5).fillColor(colors.plain);
      pdf.text(text, MARGIN + 10, pdf.y, { width: WIDTH - 10 });
    },
    sentences(title, sentences) {
      heading(title);
      pdf.font("plain").fontSize(8.5).fillColor(colors.plain);
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
  const height = Math.max(pdf.heightOfString(value, { width }), 12);
  if (pdf.y + height > 842 - MARGIN) pdf.addPage();
  const { y } = pdf;
  pdf.fillColor(colors.muted).text(label, MARGIN, y, { width: LABEL_WIDTH - 10 });
  const below = pdf.y;
  pdf.fillColor(colors.plain).text(value, MARGIN + LABEL_WIDTH, y, { width });
  pdf.y = Math.max(pdf.y, below) + 2.5;
  pdf.x = MARGIN;
}

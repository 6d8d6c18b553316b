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
import { z } from "zod";
import { type Sheet, openSheet } from "../../platform/internal.ts";

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
  const title = say(locale, { key: "certificate.title", values: { kind } });
  const sheet = openSheet({ title, fontFolder, locale });
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

import {
  type Certificate,
  checkCertificate,
  type ClaimName,
  hashToBase64url,
  toKindWord,
  describeClaims,
  type VerificationStep,
} from "@ringfence/core/proof/ledger";
import { type Locale, say } from "@ringfence/core/platform/message";
import QRCode from "qrcode";
import { openSheet, type Sheet } from "./sheet.ts";

export type LayCertificate = {
  certificate: Certificate;
  locale: Locale;
  /** Of the page that checks it. */
  address: string;
  /** Where the fonts of this package lie. */
  fontFolder: string;
  /** IANA name, in which times are told. */
  zone: string;
};

/**
 * A certificate as a PDF that an officer reads in a minute, with the certificate itself attached, by
 * which anyone checks it. Only what is checked is printed.
 */
export async function layCertificate({
  certificate,
  locale,
  address,
  fontFolder,
  zone,
}: LayCertificate): Promise<Uint8Array> {
  const text = JSON.stringify(certificate, null, 2);
  const { verdict, steps, claims } = checkCertificate(text);
  if (verdict === "broken" || claims === null) throw new Error("a certificate of ours is broken");

  const organization = nameOf(claims.organization);
  const kind = toKindWord(claims.kind);
  const jwt = certificate.statement.slice(0, certificate.statement.indexOf("~"));
  const sheet = openSheet(say(locale, { key: "certificate.title", values: { kind } }), fontFolder);
  const qr = await QRCode.toBuffer(`${address}#${hashToBase64url(jwt)}`, { margin: 0, scale: 6 });
  const now = steps.filter(({ step }) => step === "later" || step === "inclusion");
  sheet.head(
    qr,
    now.toReversed().map(({ message }) => say(locale, message, zone)),
    say(locale, { key: "certificate.lead", values: { organization, address } }),
  );

  const told = describeClaims(locale, claims, zone);
  const pick = (names: ReadonlySet<ClaimName>) => told.filter(({ claim }) => names.has(claim));
  sheet.facts(say(locale, { key: "certificate.what", values: { kind } }), pick(what));
  printWords(sheet, certificate, locale);
  sheet.facts(say(locale, { key: "certificate.how" }), pick(how));
  sheet.sentences(say(locale, { key: "certificate.proof" }), [
    ...steps.filter(({ step }) => !said.has(step)).map(({ message }) => say(locale, message, zone)),
    say(locale, { key: "certificate.fingerprint", values: { value: hashToBase64url(jwt) } }),
  ]);
  sheet.attach("certificate.json", text);
  return sheet.end();
}

/** At the head already, or nothing to a reader. */
const said: ReadonlySet<VerificationStep> = new Set(["form", "later", "inclusion"]);

function printWords(sheet: Sheet, { words }: Certificate, locale: Locale) {
  if (words === null) return;
  sheet.quote(say(locale, { key: "certificate.words" }), words.text);
}

const nameOf = (organization: unknown): string =>
  typeof organization === "object" && organization !== null && "name" in organization
    ? String(organization.name)
    : "";

const what: ReadonlySet<ClaimName> = new Set([
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

const how: ReadonlySet<ClaimName> = new Set([
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

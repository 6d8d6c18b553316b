import { z } from "zod";
import { type KeyTaking, type Locale, createMessage, say } from "../../platform/message/index.ts";
import { ClaimName, type Claims, readInstant, toKindWord } from "./statement.ts";

/** A claim as a line of text. */
export type ClaimLine = { claim: ClaimName; label: string; value: string };

/** An organization or a seller, which is described by its name. */
const Named = z.object({ name: z.string() });
const DisclosureVersion = z.object({ version: z.int(), language: z.string() });
const Placement = z.object({ type: z.string(), origin: z.string() });
const Actor = z.object({ type: z.string() });

const instants: ReadonlySet<ClaimName> = new Set(["at", "valid_until", "recorded_at"]);
/** Claims that only machines need, which are not described. */
const machineClaims: ReadonlySet<ClaimName> = new Set([
  "sequence",
  "previous",
  "event",
  "elements",
  "is_proven",
]);

const claimLabels: Record<ClaimName, KeyTaking<undefined>> = {
  kind: "claim.kind",
  organization: "claim.organization",
  consent: "claim.consent",
  event: "claim.event",
  opt_out: "claim.opt_out",
  suppression: "claim.suppression",
  disclosure: "claim.disclosure",
  erasure: "claim.erasure",
  phone: "claim.phone",
  name: "claim.name",
  email: "claim.email",
  external_id: "claim.external_id",
  seller: "claim.seller",
  purposes: "claim.purposes",
  channels: "claim.channels",
  scope: "claim.scope",
  source: "claim.source",
  placement: "claim.placement",
  channel: "claim.channel",
  at: "claim.at",
  valid_until: "claim.valid_until",
  elements: "claim.elements",
  is_written: "claim.is_written",
  is_proven: "claim.is_proven",
  act: "claim.act",
  states: "claim.states",
  ip: "claim.ip",
  user_agent: "claim.user_agent",
  url: "claim.url",
  signature: "claim.signature",
  recording: "claim.recording",
  scan: "claim.scan",
  evidence: "claim.evidence",
  reference: "claim.reference",
  note: "claim.note",
  reason: "claim.reason",
  erased: "claim.erased",
  files: "claim.files",
  subjects: "claim.subjects",
  recorded_at: "claim.recorded_at",
  recorded_by: "claim.recorded_by",
  proposed_by: "claim.proposed_by",
  replaced_by: "claim.replaced_by",
  sequence: "claim.sequence",
  previous: "claim.previous",
};

/** Formats the label of a claim. */
export const formatClaimLabel = (locale: Locale, claim: ClaimName): string =>
  say(locale, createMessage(claimLabels[claim]));

/** Describes the claims of a statement, one line each, without those that only machines need. */
export const describeClaims = (locale: Locale, claims: Claims, zone?: string): ClaimLine[] =>
  ClaimName.options.flatMap((claim) => {
    const value = claims[claim];
    if (value === undefined || value === null || machineClaims.has(claim)) return [];
    return [
      {
        claim,
        label: formatClaimLabel(locale, claim),
        value: formatClaim(locale, claim, value, zone),
      },
    ];
  });

function formatClaim(locale: Locale, claim: ClaimName, value: unknown, zone?: string): string {
  const at = instants.has(claim) ? readInstant(value) : null;
  if (at !== null) return say(locale, { key: "claim.instant", values: { at } }, zone);
  if (claim === "kind") {
    return say(locale, { key: "claim.kind.value", values: { value: toKindWord(value) } });
  }
  if (claim === "scope" || claim === "is_written") {
    return say(locale, { key: `claim.${claim}.value`, values: { value: String(value) } });
  }
  if (claim === "channels" || claim === "source" || claim === "channel") {
    const key = claim === "channels" ? "claim.channels.value" : "claim.source.value";
    const words = [value].flat().map((one) => say(locale, { key, values: { value: String(one) } }));
    return words.join(", ");
  }
  if (claim === "reason") {
    return say(locale, { key: "claim.reason.value", values: { value: String(value) } });
  }
  if (claim === "erased") return formatErased(locale, value);
  if (claim === "files") return formatFiles(locale, value);
  if (claim === "recording" || claim === "scan") return formatFile(locale, value);
  return formatObject(locale, claim, value) ?? formatPlain(value);
}

/** Formats a claim that we state as an object. Null for any other claim, and for one that has another form. */
function formatObject(locale: Locale, claim: ClaimName, value: unknown): string | null {
  if (claim === "organization" || claim === "seller") {
    return Named.safeParse(value).data?.name ?? null;
  }
  if (claim === "disclosure") {
    const { data: values } = DisclosureVersion.safeParse(value);
    return values ? say(locale, { key: "claim.disclosure.value", values }) : null;
  }
  if (claim === "placement") {
    const { data: values } = Placement.safeParse(value);
    return values ? say(locale, { key: "claim.placement.value", values }) : null;
  }
  if (claim !== "recorded_by" && claim !== "proposed_by") return null;
  const { data: actor } = Actor.safeParse(value);
  return actor
    ? say(locale, { key: "claim.recorded_by.value", values: { value: actor.type } })
    : null;
}

const formatPlain = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(formatPlain).join(", ");
  return JSON.stringify(value);
};

const Counts = z.record(z.string(), z.number());

/**
 * Formats what was erased: the label of each claim, and how many were. A name that is not a claim's is taken for
 * disclosures. Empty if the claim has another form.
 */
function formatErased(locale: Locale, value: unknown): string {
  const counts = Object.entries(Counts.safeParse(value).data ?? {});
  return counts
    .map(([name, count]) => {
      const claim = ClaimName.safeParse(name);
      const label = say(
        locale,
        createMessage(claim.success ? claimLabels[claim.data] : "claim.disclosures"),
      );
      return `${label} (${count})`;
    })
    .join("; ");
}

/** Formats the file of a recording or scan. An address at which somebody else keeps it is left as it is. */
function formatFile(locale: Locale, value: unknown): string {
  const [, hash] = /^sha256:([0-9a-f]{64})$/.exec(formatPlain(value)) ?? [];
  return hash ? say(locale, { key: "claim.file.value", values: { hash } }) : formatPlain(value);
}

const Files = z.array(
  z.object({
    id: z.string(),
    file: z.string(),
    rows: z.number(),
    before: z.string(),
    after: z.string(),
  }),
);

/**
 * Formats which files lost rows in an erasure, how many, and the SHA-256 of each before and after. Empty if the claim
 * has another form.
 */
const formatFiles = (locale: Locale, value: unknown): string =>
  (Files.safeParse(value).data ?? [])
    .map((values) => say(locale, { key: "claim.files.value", values }))
    .join("; ");

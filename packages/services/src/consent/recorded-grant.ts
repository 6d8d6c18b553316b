import { Channel, type ConsentRecord, Evidence, isSigned } from "@ringfence/core/consent";
import type { ConsentId } from "@ringfence/core/ids";
import { planOf } from "@ringfence/core/phone";
import type { TransactionContext } from "../context.ts";
import { purposesOf } from "../purpose/purposes-of.ts";
import type { GrantRow } from "./read-consent-record.ts";

type Grant = { consentId: ConsentId; grant: GrantRow; publicUrl: string; now: Date };

/** What of a record follows from the grant: who, to whom, for what, with which words, and how. */
export async function recordedGrant(
  ctx: TransactionContext,
  { consentId, grant, publicUrl, now }: Grant,
): Promise<Omit<ConsentRecord, "events" | "uses" | "integrity">> {
  const { db, organizationId } = ctx;
  const organization = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const contact = await db.contact.findFirst({
    where: { organizationId, phones: { some: { phoneId: grant.phoneId } } },
    orderBy: { id: "asc" },
  });
  const evidence = Evidence.catch({}).parse(grant.evidence[0]?.body ?? {});
  const { phone, seller, disclosure, elements } = grant;
  const country = organization.homeRegion;
  const known = await purposesOf(ctx);
  const partyAt = { type: "organization", address: country, contact: publicUrl } as const;
  return {
    schema_version: "consent/1.0",
    record_id: consentId,
    subject: {
      id: grant.phoneId,
      phone_e164: phone.e164,
      name: contact?.name ?? null,
      email: contact?.email ?? null,
      role: "user",
    },
    controllers: [{ party_id: seller.id, name: seller.name, role: "seller", ...partyAt }],
    callers: [{ party_id: organizationId, name: organization.name, role: "processor", ...partyAt }],
    recipients: [],
    service: seller.name,
    purposes: grant.purposes.map((code, index) => ({
      code,
      text: known.find(({ key }) => key === code)?.name ?? code,
      primary: index === 0,
    })),
    channels: grant.channels.map((channel) => Channel.parse(channel)),
    data_categories: [
      "phone",
      ...(contact?.name ? ["name"] : []),
      ...(contact?.email ? ["email"] : []),
    ],
    special_categories: [],
    lawful_basis: "consent",
    expression: {
      type: elements.includes("affirmative_action") ? "explicit" : "implicit",
      method: evidence.act ?? grant.source,
      text_of_act: evidence.act ?? null,
    },
    notice: {
      doc_id: disclosure?.id ?? "",
      version: String(disclosure?.version ?? ""),
      language: disclosure?.language ?? "",
      text: disclosure?.text ?? "",
      sha256: disclosure ? Buffer.from(disclosure.sha256).toString("hex") : "",
    },
    form_snapshot: { url: evidence.url ?? null },
    language: disclosure?.language ?? "",
    collection: {
      method: grant.source,
      ip: evidence.ip ?? null,
      user_agent: evidence.userAgent ?? null,
      recording_uri: evidence.recording ?? null,
      evidence: Object.keys(evidence),
    },
    statements: {
      not_condition_of_purchase: elements.includes("not_condition_of_purchase"),
      autodialer_disclosed: elements.includes("autodialer_or_prerecorded_disclosure"),
      withdrawal_explained:
        elements.includes("right_to_withdraw") || elements.includes("revocation_info"),
    },
    signature: isSigned(evidence)
      ? { kind: evidence.act ?? "signed", signed_at: grant.at.toISOString() }
      : null,
    validity: {
      from: grant.at.toISOString(),
      until: grant.validUntil?.toISOString() ?? null,
      basis: "until it is withdrawn",
    },
    withdrawal: {
      methods: ["url", "call", "reply STOP"],
      url: `${publicUrl}/stop`,
    },
    rights: ["access", "rectification", "erasure", "restriction", "portability", "withdrawal"],
    authority: null,
    jurisdictions: [countryOf(phone.e164) ?? country],
    storage_locations: [country],
    retention: { policy: "until the person is erased" },
    receipt: { receipt_id: consentId, issued_at: now.toISOString() },
  };
}

/** Where the number was given out; null where that is no one country, or nobody knows any more. */
const countryOf = (e164: string | null) => e164 && planOf(Number(e164.slice(1))).country;

import { Client } from "pg";
import { RecordOfflineConsents } from "@ringfence/core/consents/consent";
import { FileComplaint } from "@ringfence/core/desk/complaint";
import { PhoneId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import {
  createFoundingContext,
  createOrganization,
} from "@ringfence/services/account/organization";
import { recordCalls } from "@ringfence/services/calling/call";
import { screenCall } from "@ringfence/services/calling/screening";
import { recordConsent, recordOfflineConsents } from "@ringfence/services/consents/consent";
import { uploadEvidenceFile } from "@ringfence/services/consents/evidence";
import type { FileContext, RootContext } from "@ringfence/services/context";
import { fileComplaint } from "@ringfence/services/desk/complaint";
import { erasePerson } from "@ringfence/services/desk/erasure";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { addClosedDay, easeRule } from "@ringfence/services/people/jurisdiction";
import {
  commitScreenings,
  type LogSigner,
  sequenceBatch,
  signCheckpoint,
} from "@ringfence/services/proof/ledger";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";

const phone = "+12125550148";
const stranger = "+12125550149";

/** Brings the public log up to date. */
export async function publish(ctx: RootContext, logSigner: LogSigner) {
  await commitScreenings(ctx, { withinHours: 24 * 400 });
  while ((await sequenceBatch(ctx.db)) !== 0);
  const { outcome } = await signCheckpoint(logSigner);
  if (outcome !== "signed") throw new Error(`the log was ${outcome}`);
}

type Resources = { db: Db; keys: Keys; files: FileStore };

/**
 * A person who agreed, also by letter, was screened and called a year ago, refused on that call, and complains
 * today.
 */
export async function createAgedCase({ db, keys, files }: Resources, ownerUrl: string) {
  const founding = await createFoundingContext({ db, keys });
  const { organizationId } = founding;
  await createOrganization(founding, {
    name: "Acme Loans",
    homeRegion: "US",
    zone: "America/New_York",
    locale: "en",
    seller: { name: "Acme", sector: "other" },
    owner: { name: "Ada", email: "ada@acme.example" },
  });
  const { id } = await db.prisma.member.findFirstOrThrow({ where: { organizationId } });
  const actor = { type: "member", id, role: "owner", sellerIds: [], isProven: true } as const;
  const ctx: FileContext = { db, keys, organizationId, actor, files };
  const obtainedAt = new Date(Date.now() - 400 * 86_400_000);
  await recordConsent(ctx, {
    phone,
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "website_form",
    disclosure: { text: "Acme may call me about its offers.", language: "en" },
    obtainedAt,
    evidence: { act: "ticked" },
  });
  await recordWrittenConsent(ctx);
  const screening = await screenCall(ctx, { phone, purpose: "marketing" });
  const lastYear = new Date(Date.now() - 365 * 86_400_000);
  await ageScreening(ownerUrl, screening.id, lastYear);
  const call = { phone, purpose: "marketing", at: lastYear.toISOString(), outcome: "refused" };
  await recordCalls(ctx, { rows: [{ ...call, externalId: "1", screening: screening.id }] });
  await recordOptOut(ctx, { phone, channel: "agent" });
  const { id: complaint } = await fileComplaint(
    ctx,
    FileComplaint.parse({
      phone,
      text: "They called me last year although I had asked them not to.",
      called: { at: lastYear.toISOString() },
      source: "regulator",
      regulator: { authority: "Federal Trade Commission", reference: "FTC-2026-17" },
    }),
  );
  if (complaint === undefined) throw new Error("the complaint was not recorded");
  return { ctx, complaint };
}

async function recordWrittenConsent(ctx: FileContext) {
  const { id: file } = await uploadEvidenceFile(ctx, { kind: "scan", content: createScan() });
  const asked = {
    text: "May Acme call you about its offers?",
    language: "en",
    purposes: ["marketing"],
    channels: ["voice_live"],
  };
  const obtainedAt = new Date(Date.now() - 399 * 86_400_000).toISOString();
  const consent = { phone, means: "paper", asked, obtainedAt, file };
  await recordOfflineConsents(ctx, RecordOfflineConsents.parse(consent));
}

async function* createScan() {
  yield Buffer.from("%PDF-1.7\nA letter of the person.\n%%EOF\n");
}

/** Dates a screening back, as only the owner of the database can. */
async function ageScreening(ownerUrl: string, id: string, at: Date) {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  await client.query("UPDATE screening SET at = $2 WHERE id = $1", [id, at]);
  await client.end();
}

/** Records the events of a year: the organization's rules change, somebody else is erased, the person refuses again. */
export async function passAYear(ctx: RootContext) {
  await easeRule(ctx, { ruleId: "BE.auto", reason: "Our lawyer looked at it." });
  await addClosedDay(ctx, {
    jurisdiction: "US-NY",
    region: null,
    first: "2027-01-02",
    last: "2027-01-03",
    reason: "Nobody works then.",
  });
  await recordOptOut(ctx, { phone: stranger, channel: "api" });
  const { id } = await ctx.db.prisma.phone.findFirstOrThrow({ where: { e164: stranger } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(id) }, reason: "asked" });
  await recordOptOut(ctx, { phone, channel: "sms" });
}

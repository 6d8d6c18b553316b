import { randomUUID } from "node:crypto";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { formatFormAddress } from "@ringfence/core/consents/capture-form";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import path from "node:path";
import { startPolicyDraft } from "@ringfence/services/calling/policy";
import { startScrub } from "@ringfence/services/calling/scrub";
import type { FileContext, Installation } from "@ringfence/services/context";
import { connectDialer } from "@ringfence/services/do-not-call/endpoint";
import { openFiles } from "@ringfence/services/platform/files";
import { type LinkUse, writeLink } from "@ringfence/services/platform/keys/links-and-codes";

/**
 * SQL for the record of the demo that a page shows, by the part of its address. The first row is taken. `$1` is the
 * organization.
 */
const selections: Readonly<Record<string, string>> = {
  phoneId: "SELECT phone_id FROM call WHERE organization_id = $1 ORDER BY at DESC",
  refusedPhoneId: "SELECT phone_id FROM opt_out WHERE organization_id = $1 ORDER BY id DESC",
  contactId: `SELECT contact_id FROM contact_phone JOIN call USING (organization_id, phone_id)
    WHERE organization_id = $1 ORDER BY call.at DESC`,
  campaignId: `SELECT id FROM campaign WHERE organization_id = $1
    ORDER BY (SELECT count(*) FROM campaign_person WHERE campaign_id = campaign.id) DESC`,
  complaintId: "SELECT id FROM complaint WHERE organization_id = $1 ORDER BY id DESC",
  consentId: `SELECT consent_id FROM consent_event WHERE organization_id = $1 AND type = 'granted'
    ORDER BY form_id NULLS LAST, at DESC`,
  disclosureId: `SELECT id FROM disclosure WHERE organization_id = $1
    AND terms IS NOT NULL ORDER BY id DESC`,
  endpointId:
    "SELECT id FROM endpoint WHERE organization_id = $1 AND kind <> 'webhook' ORDER BY id",
  formId: `SELECT form_id FROM capture_form_version WHERE organization_id = $1 AND kind = 'website_form'
    ORDER BY published_at DESC`,
  importId: "SELECT id FROM import WHERE organization_id = $1 ORDER BY id DESC",
  memberId: "SELECT id FROM member WHERE organization_id = $1 AND role = 'agent' ORDER BY id",
  ownerId: "SELECT id FROM member WHERE organization_id = $1 AND role = 'owner' ORDER BY id",
  offerId: "SELECT id FROM offer WHERE organization_id = $1 ORDER BY id",
  optOutId: "SELECT id FROM opt_out WHERE organization_id = $1 ORDER BY id DESC",
  burstId: "SELECT id FROM refusal_burst WHERE organization_id = $1 ORDER BY id DESC",
  draftId: "SELECT id FROM policy_draft WHERE organization_id = $1 ORDER BY id DESC",
  registryId: `SELECT registry_id FROM registry_edition WHERE organization_id = $1 AND number = 1
    ORDER BY listed DESC`,
  screeningId: "SELECT id FROM screening WHERE organization_id = $1 ORDER BY id DESC",
  scrubId: "SELECT id FROM scrub WHERE organization_id = $1 ORDER BY id DESC",
  segmentId: "SELECT id FROM segment WHERE organization_id = $1 ORDER BY id",
  violationId: "SELECT id FROM violation WHERE organization_id = $1 ORDER BY rank, id",
  memberLinkId: "SELECT id FROM member_link WHERE organization_id = $1 ORDER BY id DESC",
  confirmationId: "SELECT id FROM confirmation WHERE organization_id = $1 ORDER BY id DESC",
};

/** Parts of addresses that mean something else on this page than on others. */
const renamed: Readonly<Record<string, string>> = {
  "(workspace)/certificates/[id]": "consentId",
  "(workspace)/screenings/[id]": "screeningId",
  "(workspace)/numbers/[phoneId]": "refusedPhoneId",
};

const fixed: Readonly<Record<string, string>> = {
  place: "US-FL",
  day: "2029-01-15",
  number: "1",
};

/** Public pages that a signed link opens: what the link is for, and whose record it names. */
const links: Readonly<Record<string, { use: LinkUse; record: string }>> = {
  "s/[link]": { use: "stop link", record: "phoneId" },
  "r/[receipt]": { use: "receipt link", record: "optOutId" },
  "agreed/[receipt]": { use: "consent receipt link", record: "consentId" },
  "c/[link]": { use: "confirmation link", record: "confirmationId" },
  "weekly-report/[link]": { use: "report link", record: "ownerId" },
  "join/[link]": { use: "member link", record: "memberLinkId" },
};

const dialer = {
  kind: "vicidial",
  name: "Call center, Dallas",
  settings: { url: "https://dialer.example/", user: "us", pass: "secret", phoneCode: "1" },
} as const;

/** Adds the records that pages show and the year of the demo has not. Returns the organization. */
export async function completeDemo(
  installation: Installation,
  { email, state }: { email: string; state: string },
): Promise<OrganizationId> {
  const { prisma } = installation.db;
  const { id, ...owner } = await prisma.member.findFirstOrThrow({ where: { email } });
  const organizationId = OrganizationId.parse(owner.organizationId);
  const where = { organizationId };
  if ((await prisma.scrub.count({ where })) > 0) return organizationId;

  const ctx: FileContext = {
    ...installation,
    organizationId,
    actor: { type: "member", id, role: "owner", sellerIds: [], isProven: true },
    files: openFiles(path.resolve(import.meta.dirname, "../../../..", state, "files")),
  };
  if ((await prisma.policyDraft.count({ where })) === 0) {
    await startPolicyDraft(ctx, { sellerId: null });
  }
  await connectDialer(ctx, { dialer, reason: "The call center in Dallas calls for us." });
  const phones = await prisma.phone.findMany({ where, take: 40, orderBy: { id: "asc" } });
  const list = Buffer.from(["phone", ...phones.map(({ e164 }) => e164 ?? "")].join("\n"));
  await startScrub(ctx, {
    fileName: "loans-december.csv",
    content: (async function* () {
      yield list;
    })(),
    settings: ScrubSettings.parse({ purpose: "marketing.loans" }),
  });
  const now = new Date();
  const inADay = new Date(now.getTime() + 86_400_000);
  await prisma.refusalBurst.create({ data: { organizationId, openedAt: now, lastAt: now } });
  await prisma.memberLink.create({
    data: {
      ...where,
      id: randomUUID(),
      memberId: id,
      isMailed: false,
      createdAt: now,
      expiresAt: inADay,
    },
  });
  const form = await prisma.captureFormVersion.findFirstOrThrow({ where });
  const consent = await prisma.consentEvent.findFirstOrThrow({
    where: { ...where, type: "granted" },
  });
  await prisma.confirmation.create({
    data: {
      ...where,
      phoneId: consent.phoneId,
      formId: form.formId,
      consentIds: [consent.consentId],
      means: "email",
      email: "ada@demo.example",
      isAsked: true,
      locale: "en",
      createdAt: now,
      expiresAt: inADay,
    },
  });
  return organizationId;
}

/** Writes the address of a page, given as the path of its folder below `app`, with records of an organization. */
export async function writePath(
  { db, keys }: Installation,
  organizationId: OrganizationId,
  page: string,
): Promise<string> {
  const find = async (record: string): Promise<string> => {
    const selection = selections[record];
    if (selection === undefined) throw new Error(`say which record ${page} shows as ${record}`);
    const { rows } = await db.pool.query({
      text: `${selection} LIMIT 1`,
      values: [organizationId],
      rowMode: "array",
    });
    const [[id] = []] = rows;
    if (typeof id !== "string") throw new Error(`the demo has no ${record} for ${page}`);
    return id;
  };
  const write = async (part: string): Promise<string> => {
    const name = /^\[(\w+)\]$/.exec(part)?.[1];
    if (name === undefined) return part;
    const link = links[page];
    if (link) {
      return writeLink(keys, link.use, { organizationId, id: await find(link.record), bound: [] });
    }
    if (name === "organization") return formatPublicAddress(organizationId);
    if (name === "form") {
      return formatFormAddress({
        organizationId,
        formId: CaptureFormId.parse(await find("formId")),
      });
    }
    return fixed[name] ?? find(renamed[page] ?? name);
  };
  if (page === "(workspace)/consents/withdraw") {
    return `/consents/withdraw?phone=${await find("phoneId")}`;
  }
  const parts = page.split("/").filter((part) => part !== "(workspace)");
  return `/${(await Promise.all(parts.map(write))).join("/")}`;
}

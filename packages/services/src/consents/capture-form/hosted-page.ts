import { command } from "../../platform/verb.ts";
import { z } from "zod";
import {
  CaptureFormKind,
  CaptureFormSettings,
  type HostedPage,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import { makeToken } from "./token.ts";
import { allow } from "../../platform/access/allow.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { loadOrganization } from "../../account/organization/organization.ts";
import { loadSellers } from "../../account/seller/sellers.ts";
import { type PublishedForm, actingForm, publishedForm } from "./capture-form.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { publishedDisclosures } from "../disclosure/disclosure.ts";
import { ServiceError } from "../../platform/errors.ts";

export type OpenedForm = {
  form: ShownForm;
  /** For one sending of `page` as it is. */
  token: string;
  /** Description of what is shown, as JSON. It comes back with the form. */
  page: string;
};

/**
 * Opens a form on its own page. `describe` says what that page shows; the token seals it, so that what goes
 * on record is what the person saw, whatever is changed before they send it.
 */
export const openHostedForm = command({
  name: "openHostedForm",
  action: "consent.capture",
  input: z.custom<(form: ShownForm) => HostedPage>(),
  run: async (ctx, describe): Promise<OpenedForm> => {
    const form = await shownForm(ctx);
    const page = JSON.stringify(describe(form));
    const shownOn = { type: "hosted", page } as const;
    const { token } = await makeToken(ctx, { version: form.version, shownOn });
    return { form, token, page };
  },
  audit: "by run",
});

/** A form as its own page shows it. */
export type ShownForm = PublishedForm & { seller: string; homeRegion: string };

/** Reads a form for its own page, with the name of its seller. */
export async function showForm(ctx: ServiceContext): Promise<ShownForm> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, shownForm);
}

async function shownForm(ctx: TransactionContext): Promise<ShownForm> {
  const form = await publishedForm(ctx, actingForm(ctx));
  const sellerId = form.disclosures[0]?.terms.seller;
  const seller = (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
  const { homeRegion } = await loadOrganization(ctx);
  return { ...form, seller, homeRegion };
}

/** A form as it was printed or read out, for whoever holds the paper. */
export type PrintedForm = {
  id: CaptureFormId;
  organizationId: OrganizationId;
  organization: string;
  seller: string;
  name: string;
  version: number;
  /** False once it collects no more: the paper in somebody's hands is still theirs to read. */
  isOpen: boolean;
  /** True if it can be filled in on a page too. */
  isOnPage: boolean;
  disclosures: readonly PublishedDisclosure[];
};

/** Shows a version of a form, or the latest where no version is named. */
export const showPrintedForm = command({
  name: "showPrintedForm",
  action: "consent.capture",
  input: z.custom<number | null>(),
  run: async (ctx, version): Promise<PrintedForm> => {
    const { db, organizationId } = ctx;
    const formId = actingForm(ctx);
    const row = await db.captureFormVersion.findFirst({
      where: { organizationId, formId, ...(version !== null && { version }) },
      orderBy: { version: "desc" },
      include: { form: { select: { closedAt: true } } },
    });
    if (row === null) throw new ServiceError("not-found", { key: "form.not-found" });
    const settings = CaptureFormSettings.parse(row.settings);
    const texts = await publishedDisclosures(ctx, settings.disclosures);
    const disclosures = texts.filter((text) => text !== null);
    const sellerId = disclosures[0]?.terms.seller;
    const { name: organization } = await loadOrganization(ctx);
    return {
      id: formId,
      organizationId,
      organization,
      seller: (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? organization,
      name: row.name,
      version: row.version,
      isOpen: row.form.closedAt === null,
      isOnPage: isOnPage(CaptureFormKind.parse(row.kind)),
      disclosures,
    };
  },
  audit: "by run",
});

import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  allow,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import { z } from "zod";
import {
  CaptureFormKind,
  CaptureFormSettings,
  type HostedPage,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import { createToken } from "./token.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { type PublishedForm, actingForm, loadPublishedForm } from "./capture-form.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { loadPublishedDisclosures } from "../disclosure/internal.ts";

export type OpenedForm = {
  form: ShownForm;
  /** Valid for one submission of this `page`. */
  token: string;
  /** Description of what the page shows, as JSON. It is submitted with the form. */
  page: string;
};

/**
 * Opens a form on its hosted page. `describe` lists what the page shows, and the token seals it, so that
 * the record matches what the person saw even if the form changes before it is submitted.
 */
export const openHostedForm = command({
  name: "openHostedForm",
  action: "consent.capture",
  input: z.custom<(form: ShownForm) => HostedPage>(),
  run: async (ctx, describe): Promise<OpenedForm> => {
    const form = await loadShownForm(ctx);
    const page = JSON.stringify(describe(form));
    const shownOn = { type: "hosted", page } as const;
    const { token } = await createToken(ctx, { version: form.version, shownOn });
    return { form, token, page };
  },
  audit: "by run",
});

/** A form as the hosted page shows it. */
export type ShownForm = PublishedForm & { seller: string; homeRegion: string };

/** Reads a form for its hosted page, with the name of its seller. */
export async function readHostedForm(ctx: ServiceContext): Promise<ShownForm> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, loadShownForm);
}

async function loadShownForm(ctx: TransactionContext): Promise<ShownForm> {
  const form = await loadPublishedForm(ctx, actingForm(ctx));
  const sellerId = form.disclosures[0]?.terms.seller;
  const seller = (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
  const { homeRegion } = await loadOrganization(ctx);
  return { ...form, seller, homeRegion };
}

/** A form as it was printed or read out. */
export type PrintedForm = {
  id: CaptureFormId;
  organizationId: OrganizationId;
  organization: string;
  seller: string;
  name: string;
  version: number;
  /** False once it is closed. The paper can still be read. */
  isOpen: boolean;
  /** True if it can also be filled in on a page. */
  isOnPage: boolean;
  disclosures: readonly PublishedDisclosure[];
};

/** Reads a version of a form, or the latest one if `version` is null. */
export const readPrintedForm = command({
  name: "readPrintedForm",
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
    const texts = await loadPublishedDisclosures(ctx, settings.disclosures);
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

import { ServiceError, command, query } from "../../platform/internal.ts";
import { z } from "zod";
import {
  CaptureFormKind,
  CaptureFormSettings,
  HostedPage,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import { createToken } from "./token.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { type PublishedForm, requireFormActor, loadPublishedForm } from "./capture-form.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { loadPublishedDisclosures } from "../disclosure/internal.ts";

export type OpenedForm = {
  /** Valid for one submission of this `page`. */
  token: string;
  /** Description of what the page shows, as JSON. It is submitted with the form. */
  page: string;
};

/** The version of a form that the hosted page shows, and what exactly it shows of it. */
const OpenHostedForm = z.strictObject({ version: z.int().min(1), page: HostedPage });

/**
 * Creates a token for one submission of the hosted page. The token seals what the page shows, so that the
 * record matches what the person saw. Once another version is published, the token is rejected.
 */
export const openHostedForm = command({
  name: "openHostedForm",
  action: "consent.capture",
  input: OpenHostedForm,
  run: async (ctx, { version, page: shown }): Promise<OpenedForm> => {
    const { id: formId } = await loadPublishedForm(ctx, requireFormActor(ctx));
    const page = JSON.stringify(shown);
    const shownOn = { type: "hosted", page } as const;
    const { token } = await createToken(ctx, { formId, version, shownOn });
    return { token, page };
  },
  audit: "none",
});

/** A form as the hosted page shows it. */
export type ShownForm = PublishedForm & { seller: string; homeRegion: string };

/** Reads a form for its hosted page, with the name of its seller. */
export const readHostedForm = query({
  name: "readHostedForm",
  action: "consent.capture",
  run: async (ctx): Promise<ShownForm> => {
    const form = await loadPublishedForm(ctx, requireFormActor(ctx));
    const sellerId = form.disclosures[0]?.terms.seller;
    const seller = (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
    const { homeRegion } = await loadOrganization(ctx);
    return { ...form, seller, homeRegion };
  },
  audit: "none",
});

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

/** Reads a published version of a form, open or closed; the latest one if `version` is null. */
export const readPrintedForm = query({
  name: "readPrintedForm",
  action: "consent.capture",
  input: z.int().nullable(),
  run: async (ctx, version): Promise<PrintedForm> => {
    const { db, organizationId } = ctx;
    const formId = requireFormActor(ctx);
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
  audit: "none",
});

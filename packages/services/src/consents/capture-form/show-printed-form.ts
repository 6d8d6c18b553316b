import { command } from "../../platform/verb.ts";
import { z } from "zod";
import {
  CaptureFormKind,
  CaptureFormSettings,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { publishedDisclosures } from "../disclosure/published-disclosures.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { actingForm } from "./form-context.ts";

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
    const { name: organization } = await organizationOf(ctx);
    return {
      id: formId,
      organizationId,
      organization,
      seller: (await sellersOf(ctx)).find(({ id }) => id === sellerId)?.name ?? organization,
      name: row.name,
      version: row.version,
      isOpen: row.form.closedAt === null,
      isOnPage: isOnPage(CaptureFormKind.parse(row.kind)),
      disclosures,
    };
  },
  audit: "by run",
});

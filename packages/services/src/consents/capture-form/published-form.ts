import {
  CaptureFormKind,
  CaptureFormSettings,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { publishedDisclosures } from "../disclosure/published-disclosures.ts";
import { ServiceError } from "../../platform/errors.ts";

/** A form as it collects now. */
export type PublishedForm = {
  id: CaptureFormId;
  name: string;
  kind: CaptureFormKind;
  version: number;
  settings: CaptureFormSettings;
  disclosures: readonly PublishedDisclosure[];
};

/**
 * The latest version of a form that collects on pages; what is not published yet is not there for the
 * public. All of it is as it was published, its kind too: a draft may have become one that pages need
 * checks for.
 */
export async function publishedForm(
  ctx: TransactionContext,
  formId: CaptureFormId,
): Promise<PublishedForm> {
  const { db, organizationId } = ctx;
  const row = await db.captureFormVersion.findFirst({
    where: { organizationId, formId },
    orderBy: { version: "desc" },
    include: { form: true },
  });
  if (row === null) throw new ServiceError("not-found", { key: "form.not-found" });
  if (row.form.closedAt !== null) throw new ServiceError("conflict", { key: "form.closed" });

  const kind = CaptureFormKind.parse(row.kind);
  if (!isOnPage(kind)) throw new ServiceError("conflict", { key: "form.not-on-page" });

  const settings = CaptureFormSettings.parse(row.settings);
  const disclosures = await publishedDisclosures(ctx, settings.disclosures);
  return {
    id: formId,
    name: row.name,
    kind,
    version: row.version,
    settings,
    disclosures: disclosures.filter((it) => it !== null),
  };
}

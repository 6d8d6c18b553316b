import {
  CaptureFormKind,
  CaptureFormSettings,
  isOnPage,
  readFormAddress,
} from "@ringfence/core/consents/capture-form";
import type { CaptureFormId } from "@ringfence/core/ids";
import type { Installation, RootContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { publishedDisclosures } from "../disclosure/disclosure.ts";

/** On behalf of whoever fills in a form. */
type FormRequest = RootContext & { actor: { type: "form"; id: CaptureFormId } };

/** Whose form it is, its address says; what is no address looks like a form that is not there. */
export function formContext(installation: Installation, address: string): FormRequest {
  const read = readFormAddress(address);
  if (read === null) throw new ServiceError("not-found", { key: "form.not-found" });
  const { organizationId, formId } = read;
  return { ...installation, organizationId, actor: { type: "form", id: formId } };
}

/** The form on whose behalf a verb runs. */
export function actingForm({ actor }: Pick<RootContext, "actor">): CaptureFormId {
  if (actor.type !== "form") throw new Error("a form acts by its own actor");
  return actor.id;
}

export type FormRow = {
  name: string;
  kind: string;
  draft: unknown;
  checks: unknown;
  answers: unknown;
};

/** A form, so that nobody else changes it meanwhile. Another organization's looks the same as none. */
export async function lockForm(
  { db, organizationId }: TransactionContext,
  id: CaptureFormId,
): Promise<FormRow> {
  const [row] = await db.$queryRaw<FormRow[]>`
    SELECT name, kind, draft, checks, answers FROM capture_form
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new ServiceError("not-found", { key: "form.not-found" });
  return row;
}

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

import {
  CaptureFormKind,
  CaptureFormSettings,
  isOnPage,
  parseFormAddress,
} from "@ringfence/core/consents/capture-form";
import type { CaptureFormId } from "@ringfence/core/ids";
import {
  type Installation,
  type RootContext,
  ServiceError,
  type TransactionContext,
} from "../../platform/internal.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { loadPublishedDisclosures } from "../disclosure/internal.ts";

/** Context of a request on behalf of the person who fills in a form. */
type FormRequestContext = RootContext & { actor: { type: "form"; id: CaptureFormId } };

/**
 * Creates the context for the form at this address. An invalid address looks like a form that does not
 * exist.
 */
export function createFormContext(installation: Installation, address: string): FormRequestContext {
  const read = parseFormAddress(address);
  if (read === null) throw new ServiceError("not-found", { key: "form.not-found" });
  const { organizationId, formId } = read;
  return { ...installation, organizationId, actor: { type: "form", id: formId } };
}

/** Returns the form on whose behalf a verb runs. */
export function requireFormActor({ actor }: Pick<RootContext, "actor">): CaptureFormId {
  if (actor.type !== "form") throw new Error("a form acts by its own actor");
  return actor.id;
}

export type FormRow = Awaited<ReturnType<typeof lockForm>>;

/** Locks a form until the transaction ends. Throws the same error for a form of another organization and for none. */
export async function lockForm({ db, organizationId }: TransactionContext, id: CaptureFormId) {
  const row = await db.$kysely
    .selectFrom("captureForm")
    .select(["name", "kind", "draft", "checks", "answers"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ServiceError("not-found", { key: "form.not-found" });
  return row;
}

/** A form as it is published. */
export type PublishedForm = {
  id: CaptureFormId;
  name: string;
  kind: CaptureFormKind;
  version: number;
  settings: CaptureFormSettings;
  disclosures: readonly PublishedDisclosure[];
};

/**
 * Loads the latest published version of a form that is filled in on pages. Throws if the form is not published,
 * is closed, or is of another kind. All of it is as published, including its kind: the draft may have become a kind
 * whose pages must be checked.
 */
export async function loadPublishedForm(
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
  const disclosures = await loadPublishedDisclosures(ctx, settings.disclosures);
  return {
    id: formId,
    name: row.name,
    kind,
    version: row.version,
    settings,
    // None is missing: a published disclosure cannot be deleted.
    disclosures: disclosures.filter((it) => it !== null),
  };
}

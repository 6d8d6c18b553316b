import { readFormAddress } from "@ringfence/core/consents/capture-form";
import type { CaptureFormId } from "@ringfence/core/ids";
import type { Installation, RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** On behalf of whoever fills in a form. */
export type FormRequest = RootContext & { actor: { type: "form"; id: CaptureFormId } };

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

import type { CaptureFormKind, CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { CaptureFormId } from "@ringfence/core/ids";
import type { Choice } from "@/components/choice-field";

export type CaptureFormFormProps = {
  id?: CaptureFormId;
  initial: { name: string; kind: CaptureFormKind; settings: CaptureFormSettings };
  /** What may be asked: published versions, as `id/version`. */
  disclosures: readonly Choice[];
};

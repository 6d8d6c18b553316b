import type { CaptureFormKind } from "@ringfence/core/consents/capture-form";

type Named = { key: string; name: string };

/** Lists the purposes, channels and sellers of a consent, and the published forms that may have asked for it. */
export type ConsentChoices = {
  sellers: readonly (Named & { id: string })[];
  purposes: readonly Named[];
  forms: readonly { id: string; name: string; kind: CaptureFormKind }[];
};

/** Finds the form selected at first: one of this kind, or none. */
export const findDefaultForm = ({ forms }: ConsentChoices, kind: CaptureFormKind): string =>
  forms.find((form) => form.kind === kind)?.id ?? "";

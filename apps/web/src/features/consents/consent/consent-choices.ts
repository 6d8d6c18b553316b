import type { CaptureFormKind } from "@ringfence/core/consents/capture-form";

type Named = { key: string; name: string };

/** What a consent may be for, and the published forms by which it may have been asked. */
export type ConsentChoices = {
  sellers: readonly (Named & { id: string })[];
  purposes: readonly Named[];
  forms: readonly { id: string; name: string; kind: CaptureFormKind }[];
};

/** The form that is chosen at first: one of the kind, else none. */
export const defaultForm = ({ forms }: ConsentChoices, kind: CaptureFormKind): string =>
  forms.find((form) => form.kind === kind)?.id ?? "";

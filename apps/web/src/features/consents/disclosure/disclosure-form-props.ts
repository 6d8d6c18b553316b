import type { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import type { DisclosureId } from "@ringfence/core/ids";
import type { Choice } from "@/components/choice-field";

export type DisclosureFormProps = {
  id?: DisclosureId;
  initial: Omit<DraftDisclosure, "id">;
  sellers: readonly Choice[];
  purposes: readonly Choice[];
};

import type { ConsentEvent } from "./consent.ts";
import { type StrongElement, weaknessOf } from "./strong-elements.ts";

/**
 * What a consent from older records would have to hold to count, and does not: nobody of ours saw the
 * person agree, so that it stands by its proof alone. Of a consent that we saw given, nothing.
 */
export const lackingOf = ({
  isImported,
  elements,
}: Pick<ConsentEvent, "isImported" | "elements">): readonly StrongElement[] =>
  isImported ? weaknessOf(elements) : [];

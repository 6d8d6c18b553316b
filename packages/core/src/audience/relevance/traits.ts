import { z } from "zod";

/** What is known of a person before a call, by trait. Null, or left out, where nobody knows. */
export type Traits = Readonly<Record<string, string | number | null>>;

/** A trait that a model may weigh: a number by steps, a category by its values. */
export const Trait = z.object({ name: z.string(), kind: z.enum(["category", "number"]) });
export type Trait = z.infer<typeof Trait>;

/** A call that has come to something, and what was known before it. */
export type Observation = { traits: Traits; isAccepted: boolean };

/** The value of a category; of what nobody knows, an empty one. */
export const valueIn = (traits: Traits, name: string): string => String(traits[name] ?? "");

/** A number; null where nobody knows it. */
export function numberIn(traits: Traits, name: string): number | null {
  const value = traits[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

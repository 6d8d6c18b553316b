import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** Key of an activity type: `purchase`, or an organization's own, such as `test-drive`. */
export const ActivityTypeKey = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
export type ActivityTypeKey = z.infer<typeof ActivityTypeKey>;

export const PropertyType = z.enum(["text", "number", "date", "flag"]);
export type PropertyType = z.infer<typeof PropertyType>;

/** Names that no property may have, because every activity has these fields. */
const reserved = new Set(["amount", "category", "items"]);

export const PropertyTypes = z
  .record(
    storableText(64)
      .min(1)
      .regex(/^[^.@]+$/)
      .refine((name) => !reserved.has(name), withMessage("activity.property-reserved")),
    PropertyType,
  )
  .refine((all) => Object.keys(all).length <= 50, withMessage("activity.properties-many"));
export type PropertyTypes = z.infer<typeof PropertyTypes>;

/** An activity type, with the properties that its activities may have besides amount, category and items. */
export const ActivityType = z.object({ key: ActivityTypeKey, properties: PropertyTypes });
export type ActivityType = z.infer<typeof ActivityType>;

/**
 * Types that every organization has. It may add properties to them, and define its own types. Other code relies on
 * some: a purchase needs an amount, and the last value of each topic of `preference` is kept.
 */
export const commonTypes: readonly ActivityType[] = [
  { key: "purchase", properties: { order: "text", channel: "text", currency: "text" } },
  { key: "visit", properties: { page: "text", source: "text" } },
  { key: "sign-up", properties: { form: "text", source: "text" } },
  { key: "call-outcome", properties: { outcome: "text", campaign: "text", offer: "text" } },
  { key: "preference", properties: { topic: "text", value: "text" } },
];

/** Merges an organization's own types and added properties into the common types, whose properties keep their types. */
export function withCommonTypes(ownTypes: readonly ActivityType[]): ActivityType[] {
  const added = new Map(ownTypes.map(({ key, properties }) => [key, properties]));
  const common = commonTypes.map(({ key, properties }) => ({
    key,
    properties: { ...added.get(key), ...properties },
  }));
  const isCommon = (key: string) => commonTypes.some((type) => type.key === key);
  return [...common, ...ownTypes.filter(({ key }) => !isCommon(key))];
}

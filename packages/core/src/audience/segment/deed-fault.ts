import type { ActivityType } from "../../people/activity/index.ts";
import type { Fault } from "../../platform/message/index.ts";
import type { Deed } from "./rule.ts";
import { type AskedType, testFault } from "./test-fault.ts";

/** What every activity has. */
const common: readonly (readonly [string, AskedType])[] = [
  ["amount", "number"],
  ["category", "text"],
  ["item.name", "text"],
  ["item.sku", "text"],
  ["item.category", "text"],
];

/** What filters of a type can ask. */
export const propertiesOf = ({ properties }: ActivityType): ReadonlyMap<string, AskedType> =>
  new Map([...common, ...Object.entries(properties)]);

/** What is wrong with what is asked of activities, at its place below `path`. */
export function deedFault(
  { type: key, where = [] }: Deed,
  types: readonly ActivityType[],
  path: string,
): Fault | null {
  const type = types.find((known) => known.key === key);
  if (type === undefined) {
    const known = types.map((known) => known.key).join(", ");
    const message = { key: "activity.type-unknown", values: { type: key, known } } as const;
    return { path: `${path}/type`, message };
  }
  const properties = propertiesOf(type);
  for (const [index, { property, is }] of where.entries()) {
    const asked = properties.get(property);
    if (asked === undefined) {
      const known = [...properties.keys()].join(", ");
      const values = { name: property, known };
      return {
        path: `${path}/where/${index}/property`,
        message: { key: "activity.property-unknown", values },
      };
    }
    const isRelative = is.test === "day" && is.when.span !== "between";
    const message = isRelative
      ? ({ key: "segment.property-relative" } as const)
      : testFault(property, asked, is);
    if (message) return { path: `${path}/where/${index}/is`, message };
  }
  return null;
}

import { expect, it } from "vitest";
import { findPlacementFault } from "./change-purpose.ts";
import type { PurposeKind } from "./purpose.ts";

const tree = [
  { key: "service", kind: "service" },
  { key: "service.delivery", kind: "service" },
] as const;

it.each<[string, PurposeKind]>([
  ["marketing", "promotional"],
  ["survey", "survey"],
  ["service.billing", "service"],
  ["service.delivery.late", "service"],
  ["market", "service"],
])("takes %s, which is %s", (key, kind) => {
  expect(findPlacementFault(tree, { key, kind })).toBeNull();
});

it.each<[string, PurposeKind, string]>([
  ["service", "service", "purpose.taken"],
  ["service.delivery", "service", "purpose.taken"],
  ["survey.yearly", "survey", "purpose.nothing-above"],
  ["service.billing.late", "service", "purpose.nothing-above"],
  ["service.offers", "promotional", "purpose.other-kind"],
  ["marketing", "service", "purpose.marketing-is-promotional"],
])("does not take %s, which is %s", (key, kind, fault) => {
  expect(findPlacementFault(tree, { key, kind })).toMatchObject({ key: fault });
});

import { expect, it } from "vitest";
import { ConnectRegistry } from "./registry.ts";

const registry = {
  code: "US-FTC-DNC",
  name: "National Do Not Call Registry",
  format: { reader: "us-dnc" },
  source: { kind: "folder", path: "us" },
  maxAgeDays: 31,
};
const mapping = {
  kind: "snapshot",
  delimiter: ";",
  encoding: "utf-8",
  hasHeader: true,
  phoneColumns: ["phone"],
  region: "RU",
};

it("allows two percent to disappear unless an officer sets another share", () => {
  expect(ConnectRegistry.parse(registry)).toEqual({ ...registry, maxShrinkShare: 0.02 });
});

it.each<[string, object]>([
  ["a code with a space", { code: "US DNC" }],
  ["no name", { name: "  " }],
  ["a source of another kind", { source: { kind: "http", url: "file:///etc/passwd" } }],
  ["an unknown reader", { format: { reader: "xml" } }],
  [
    "a delta that does not tell additions",
    {
      format: { reader: "csv", mapping: { ...mapping, kind: "delta" } },
    },
  ],
  [
    "a mapping without a phone column",
    {
      format: { reader: "csv", mapping: { ...mapping, phoneColumns: [] } },
    },
  ],
  [
    "a mapping that lets most lines be unreadable",
    {
      format: { reader: "csv", mapping: { ...mapping, maxUnreadableShare: 0.5 } },
    },
  ],
])("rejects %s", (_, spoiled) => {
  expect(ConnectRegistry.safeParse({ ...registry, ...spoiled }).success).toBe(false);
});

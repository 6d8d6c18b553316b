import { describe, expect, it } from "vitest";
import { aRegistry, clearFacts, daysAfter as day } from "../../testing/facts.ts";
import { screened } from "../../testing/verdicts.ts";
import type { RegistryFact, ScreeningFacts } from "./facts.ts";

const read = (verifiedAt: Date) => ({
  edition: { number: 1, verifiedAt, listsPhone: false, listedSince: null },
});
const registries = (...facts: Partial<RegistryFact>[]) => ({ registries: facts.map(aRegistry) });

/** What happens for want of one registry, among other things. */
const unchecked = (spoilt: Partial<ScreeningFacts>, registry: string) => {
  const { refusals, warnings } = screened(spoilt);
  return [...refusals, ...warnings]
    .filter((one) => one.registry === registry && one.reason === "registry-unchecked")
    .map((one) => (refusals.includes(one) ? "refuse" : "warn"));
};

/** Lists that bind and whose file format nobody found. */
const mandatory: [string, string][] = [
  ["IT", "IT-RPO"],
  ["BR", "BR-NMP"],
  ["BR", "BR-SP-NML"],
  ["IN", "IN-NCPR-DLT"],
  ...["CO", "FL", "IN", "LA", "MO", "OK", "PA", "TN", "TX", "WY"].map((state): [string, string] => [
    `US-${state}`,
    `US-${state}-DNC`,
  ]),
];

it.each(mandatory)(
  "asks for a registry that binds in %s (%s), whether or not its file format is known",
  (place, registry) => {
    const call = { jurisdictions: [place], states: ["SP"], consents: [], ...registries({}) };
    expect(unchecked(call, registry)).toEqual(["refuse"]);
  },
);

it("warns of every call while one of `unread: warn` is not connected, until an officer says why", () => {
  const spain = { jurisdictions: ["ES"], ...registries({}) };
  const policy = { ...clearFacts.policy, silenced: new Set(["ES-ROBINSON"]) };
  expect(unchecked(spain, "ES-ROBINSON")).toEqual(["warn"]);
  expect(unchecked({ ...spain, consents: [] }, "ES-ROBINSON")).toEqual(["warn"]);
  expect(unchecked({ ...spain, policy }, "ES-ROBINSON")).toEqual([]);
  const connected = registries({ registry: "ES-ROBINSON", edition: null });
  expect(unchecked({ ...spain, ...connected, policy, consents: [] }, "ES-ROBINSON")).toEqual([
    "refuse",
  ]);
});

it("refuses what it refuses, whatever reason an officer signed", () => {
  const policy = { ...clearFacts.policy, silenced: new Set(["US-TX-DNC", "US-FTC-DNC"]) };
  const texas = { jurisdictions: ["US-TX"], consents: [], policy, registries: [] };
  expect(unchecked(texas, "US-TX-DNC")).toEqual(["refuse"]);
  expect(unchecked(texas, "US-FTC-DNC")).toEqual(["refuse"]);
});

const keyOf = (spoilt: Partial<ScreeningFacts>) =>
  screened({ consents: [], ...spoilt }).refusals.find((one) => one.registry)?.message.key;

describe("why a registry is not checked", () => {
  it("says whether it was never connected, is disconnected, was never read, or is too old", () => {
    const disconnected = [{ registry: "US-FTC-DNC", at: day(-2) }];
    expect(keyOf({ registries: [] })).toBe("refusal.registry-unchecked.unconnected");
    expect(keyOf({ registries: [], disconnected })).toBe("refusal.registry-unchecked.disconnected");
    expect(keyOf(registries({ edition: null }))).toBe("refusal.registry-unchecked.never");
    expect(keyOf(registries(read(day(-32))))).toBe("refusal.registry-unchecked");
  });

  it("says that it was read without the area code of the number, or did not answer about it", () => {
    expect(keyOf(registries({ edition: null, isOutside: true }))).toBe(
      "refusal.registry-unchecked.outside",
    );
    expect(keyOf(registries({ edition: null, isUnasked: true }))).toBe(
      "refusal.registry-unchecked.unasked",
    );
  });

  it("says since when it is disconnected", () => {
    const disconnected = [{ registry: "US-FTC-DNC", at: day(-2) }];
    const { refusals } = screened({ consents: [], registries: [], disconnected });
    expect(refusals).toContainEqual(
      expect.objectContaining({ reason: "registry-unchecked", since: day(-2) }),
    );
  });
});

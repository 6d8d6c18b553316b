import { describe, expect, it } from "vitest";
import { aRegistry, clearFacts, daysAfter as day } from "../../../testing/facts.ts";
import { screened } from "../../../testing/verdicts.ts";
import type { RegistryFact, ScreeningFacts } from "./facts.ts";

const read = (verifiedAt: Date) => ({
  edition: { number: 1, verifiedAt, listsPhone: false, listedSince: null },
});
const registries = (...facts: Partial<RegistryFact>[]) => ({ registries: facts.map(aRegistry) });

/** Effects of one registry that is not checked. */
const unchecked = (spoilt: Partial<ScreeningFacts>, registry: string) => {
  const { refusals, warnings } = screened(spoilt);
  return [...refusals, ...warnings]
    .filter((one) => one.registry === registry && one.reason === "registry-unchecked")
    .map((one) => (refusals.includes(one) ? "refuse" : "warn"));
};

/** Registries that are required, though their file format is unknown. */
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
  "refuses a call to %s without its required registry (%s), even if the file format is unknown",
  (place, registry) => {
    const call = { jurisdictions: [place], states: ["SP"], consents: [], ...registries({}) };
    expect(unchecked(call, registry)).toEqual(["refuse"]);
  },
);

it("warns while a registry with `unread: warn` is not connected, until an officer gives a reason", () => {
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

it("refuses without any other registry, whatever reason an officer gave", () => {
  const policy = { ...clearFacts.policy, silenced: new Set(["US-TX-DNC", "US-FTC-DNC"]) };
  const texas = { jurisdictions: ["US-TX"], consents: [], policy, registries: [] };
  expect(unchecked(texas, "US-TX-DNC")).toEqual(["refuse"]);
  expect(unchecked(texas, "US-FTC-DNC")).toEqual(["refuse"]);
});

const readMessageKey = (spoilt: Partial<ScreeningFacts>) =>
  screened({ consents: [], ...spoilt }).refusals.find((one) => one.registry)?.message.key;

describe("why a registry is not checked", () => {
  it("says if it was never connected, is disconnected, was never read, or is too old", () => {
    const disconnected = [{ registry: "US-FTC-DNC", at: day(-2) }];
    expect(readMessageKey({ registries: [] })).toBe("refusal.registry-unchecked.unconnected");
    expect(readMessageKey({ registries: [], disconnected })).toBe(
      "refusal.registry-unchecked.disconnected",
    );
    expect(readMessageKey(registries({ edition: null }))).toBe("refusal.registry-unchecked.never");
    expect(readMessageKey(registries(read(day(-32))))).toBe("refusal.registry-unchecked");
  });

  it("says if it was read without the number's area code, or was not asked about the number", () => {
    expect(readMessageKey(registries({ edition: null, isOutside: true }))).toBe(
      "refusal.registry-unchecked.outside",
    );
    expect(readMessageKey(registries({ edition: null, isUnasked: true }))).toBe(
      "refusal.registry-unchecked.unasked",
    );
  });

  it("says when it was disconnected", () => {
    const disconnected = [{ registry: "US-FTC-DNC", at: day(-2) }];
    const { refusals } = screened({ consents: [], registries: [], disconnected });
    expect(refusals).toContainEqual(
      expect.objectContaining({ reason: "registry-unchecked", since: day(-2) }),
    );
  });
});

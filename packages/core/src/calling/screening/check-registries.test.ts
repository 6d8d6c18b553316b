import { describe, expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  clearFacts,
  daysAfter as day,
  listing,
} from "../../../testing/facts.ts";
import { screened } from "../../../testing/verdicts.ts";
import type { Sector } from "../../account/seller/index.ts";
import type { RegistryFact, ScreeningFacts } from "./facts.ts";

/** The list of British companies, asked and without the number. Other places do not ask it. */
const companies = { registry: "GB-CTPS" };

describe("check registries", () => {
  const { at } = clearFacts;

  const read = (verifiedAt: Date) => ({
    edition: { number: 1, verifiedAt, listsPhone: false, listedSince: null },
  });

  const registries = (...facts: Partial<RegistryFact>[]) => ({ registries: facts.map(aRegistry) });

  /** Lists the refusals and warnings that concern registries. */
  const told = (spoilt: Partial<ScreeningFacts>) => {
    const { refusals, warnings } = screened(spoilt);
    const ofRegistries = [...refusals, ...warnings].filter(
      ({ registry }) => registry !== undefined,
    );
    return ofRegistries.map(
      (one) => `${refusals.includes(one) ? "refuse" : "warn"}: ${one.reason}`,
    );
  };

  const [spoken, written] = [[aGrant({ isWritten: false })], [aGrant()]];

  describe("which registries a call is checked against", () => {
    it("includes all that the law names, connected or not", () => {
      const texas = { jurisdictions: ["US-TX"], consents: [] };
      const list = { registry: "US-TX-DNC" };
      expect(told({ ...texas, ...registries({}) })).toEqual(["refuse: registry-unchecked"]);
      expect(told({ ...texas, ...registries({}, list) })).toEqual([]);
      expect(told({ registries: [], consents: [] })).toEqual(["refuse: registry-unchecked"]);
    });

    it("excludes those of other places and other people", () => {
      const portuguese = { jurisdictions: ["PT"], consents: [] };
      const lists = registries(
        { registry: "GB-TPS", edition: listing },
        { registry: "PT-DGC", edition: listing },
      );
      expect(told({ ...portuguese, ...lists })).toEqual([]);
      expect(told({ ...portuguese, ...lists, calledParty: "corporate" })).toEqual([
        "refuse: registry-listed",
      ]);
    });

    it("asks both British lists, because the caller may not know whose number it is", () => {
      const british = { jurisdictions: ["GB"], consents: [] };
      const lists = registries({ registry: "GB-TPS" }, { registry: "GB-CTPS", edition: listing });
      expect(told({ ...british, ...lists })).toEqual(["refuse: registry-listed"]);
    });

    it("excludes those that only say who has a number, or the line type", () => {
      const telling = ["US-FCC-RND", "US-PORTED"].map((registry) => ({
        registry,
        edition: listing,
      }));
      expect(told(registries({}, ...telling))).toEqual([]);
      expect(told(registries({}, { registry: "US-LITIGATOR", edition: listing }))).toEqual([
        "refuse: registry-listed",
      ]);
    });

    it("always includes the organization's own, which no consent lifts", () => {
      expect(told(registries({}, { registry: "partner", edition: listing }))).toEqual([
        "refuse: registry-listed",
      ]);
      expect(told(registries({}, { registry: "partner", edition: null }))).toEqual([
        "refuse: registry-unchecked",
      ]);
    });
  });

  describe("how old an edition may be", () => {
    it.each([
      ["US-FTC-DNC", "US", 31, -31],
      ["GB-TPS", "GB", 28, -28],
      ["US-MA-DNC", "US-MA", 89, -89],
      ["partner", "US", 7, -7],
    ])("of %s in %s: %d days", (registry, jurisdiction, limitDays, age) => {
      const given = (verifiedAt: Date) => ({
        jurisdictions: [jurisdiction],
        consents: [],
        ...registries({}, companies, { registry, maxAgeDays: 7, ...read(verifiedAt) }),
      });
      expect(told(given(day(age)))).toEqual([]);
      expect(told(given(new Date(day(age).getTime() - 1)))).toEqual(["refuse: registry-unchecked"]);
      const refusal = screened(given(day(age - 1))).refusals.find((one) => one.registry);
      expect(refusal?.message.values).toMatchObject({ limitDays });
    });

    it("follows the strictest of several rules", () => {
      const jersey = { jurisdictions: ["US-NJ"], consents: [] };
      expect(told({ ...jersey, ...registries(read(day(-32))) })).toEqual([
        "refuse: registry-unchecked",
      ]);
    });

    it("ignores editions read after the call", () => {
      expect(told({ consents: [], ...registries(read(day(1))) })).toEqual([
        "refuse: registry-unchecked",
      ]);
    });
  });

  const europeanElements = ["controller_identity", "purpose", "data_types", "right_to_withdraw"];

  const italian = (consentAt: Date, edition: RegistryFact["edition"]) =>
    told({
      jurisdictions: ["IT"],
      consents: [aGrant({ at: consentAt, elements: europeanElements })],
      ...registries({ registry: "IT-RPO", edition }),
    });

  describe("what consent lifts", () => {
    it("lifts a listing where the law says so, and an old edition becomes a warning", () => {
      expect(told({ consents: written, ...registries({ edition: listing }) })).toEqual([]);
      expect(told({ consents: written, ...registries({ edition: null }) })).toEqual([
        "warn: registry-unchecked",
      ]);
    });

    it("lifts nothing if only older records prove the consent", () => {
      const old = { isImported: true, elements: ["text_version"] };
      const listed = registries({ edition: listing });
      expect(told({ consents: [aGrant(old)], ...listed })).toEqual(["refuse: registry-listed"]);
      const elements = ["affirmative_action", "text_version"];
      expect(told({ consents: [aGrant({ ...old, elements })], ...listed })).toEqual([]);
    });

    it.each([
      ["US-FTC-DNC", "US", spoken],
      ["US-FTC-DNC", "US", []],
      ["GB-TPS", "GB", []],
      ["CO-RNE", "CO", written],
    ])("is none of %s in %s by a consent %#", (registry, jurisdiction, consents) => {
      const given = { jurisdictions: [jurisdiction], consents };
      expect(told({ ...given, ...registries(companies, { registry, edition: listing }) })).toEqual([
        "refuse: registry-listed",
      ]);
      expect(told({ ...given, ...registries(companies, { registry, edition: null }) })).toEqual([
        "refuse: registry-unchecked",
      ]);
    });

    it("requires no writing in Britain", () => {
      const given = { jurisdictions: ["GB"], consents: spoken };
      expect(
        told({ ...given, ...registries(companies, { registry: "GB-TPS", edition: listing }) }),
      ).toEqual([]);
    });

    it("lifts only earlier listings in Italy, and the registry must have been read", () => {
      expect(italian(day(-9), listing)).toEqual([]);
      expect(italian(day(-10), listing)).toEqual(["refuse: registry-listed"]);
      expect(italian(day(-9), { ...listing, listedSince: null })).toEqual([
        "refuse: registry-listed",
      ]);
      expect(italian(day(-9), { ...listing, verifiedAt: day(-16) })).toEqual([
        "refuse: registry-unchecked",
      ]);
    });

    it("lifts no listing if the consent lacks what the law of the place requires", () => {
      const lacking = aGrant({ at: day(-9), elements: ["purpose"] });
      const consents = [lacking];
      const lists = registries({ registry: "IT-RPO", edition: listing });
      expect(told({ jurisdictions: ["IT"], consents, ...lists })).toEqual([
        "refuse: registry-listed",
      ]);
    });

    it("lifts nothing by a consent that has ended or is for another channel", () => {
      for (const spoilt of [{ validUntil: at }, { channels: ["sms" as const] }]) {
        expect(told({ consents: [aGrant(spoilt)], ...registries({ edition: listing }) })).toEqual([
          "refuse: registry-listed",
        ]);
      }
    });
  });

  describe("a registry that lists who may be called", () => {
    const turkish = (...facts: Partial<RegistryFact>[]) => ({
      jurisdictions: ["TR"],
      ...registries(...facts.map((fact) => ({ registry: "TR-IYS", ...fact }))),
    });
    const swiss = (...facts: Partial<RegistryFact>[]) => ({
      jurisdictions: ["CH"],
      seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" as const },
      ...registries(...facts.map((fact) => ({ registry: "CH-DIRECTORY", ...fact }))),
    });

    it("allows the numbers that it lists", () => {
      expect(told(turkish({ edition: listing }))).toEqual([]);
      expect(told({ ...swiss({ edition: listing }), consents: [] })).toEqual([]);
    });

    it("refuses all others, as an empty edition does every number", () => {
      expect(told(turkish(read(day(-1))))).toEqual(["refuse: registry-listed"]);
      expect(told({ ...swiss(read(day(-1))), consents: [] })).toEqual(["refuse: registry-listed"]);
      const [refusal] = screened(turkish(read(day(-1)))).refusals;
      expect(refusal?.message.key).toBe("refusal.registry-listed.unlisted");
    });

    it("refuses every number when it is too old, was never read or is not connected", () => {
      const old = { edition: { ...listing, verifiedAt: day(-8) }, maxAgeDays: 7 };
      for (const facts of [[old], [{ edition: null }], []]) {
        expect(told(turkish(...facts))).toEqual(["refuse: registry-unchecked"]);
        expect(told({ ...swiss(...facts), consents: [] })).toEqual(["refuse: registry-unchecked"]);
      }
    });

    it("yields to consent only where the law says so", () => {
      expect(told(swiss(read(day(-1))))).toEqual([]);
      expect(told(swiss())).toEqual(["warn: registry-unchecked"]);
      expect(told(turkish(read(day(-1))))).toEqual(["refuse: registry-listed"]);
    });
  });
});

describe("unread registries", () => {
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
    ["BR", "BR-SP-NML"],
    ["CO", "CO-RNE"],
    ["IN", "IN-NCPR-DLT"],
    ...["CO", "FL", "IN", "LA", "MO", "OK", "PA", "TN", "TX"].map((state): [string, string] => [
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
    const wyoming = { jurisdictions: ["US-WY"], consents: [], ...registries({}) };
    expect(unchecked(wyoming, "US-WY-DNC")).toEqual(["refuse"]);
    expect(unchecked({ ...spain, policy }, "ES-ROBINSON")).toEqual([]);
    const connected = registries({ registry: "ES-ROBINSON", edition: null });
    expect(unchecked({ ...spain, ...connected, policy, consents: [] }, "ES-ROBINSON")).toEqual([
      "refuse",
    ]);
  });

  it("warns or refuses by the seller's industry while a registry for some industries is not connected", () => {
    const inBrazil = (sector: Sector) => ({
      jurisdictions: ["BR"],
      consents: [],
      seller: { ...clearFacts.seller, sector },
      ...registries({}),
    });
    expect(unchecked(inBrazil("other"), "BR-NMP")).toEqual(["warn"]);
    expect(unchecked(inBrazil("telecom"), "BR-NMP")).toEqual(["refuse"]);
    expect(unchecked(inBrazil("banking"), "BR-NMP")).toEqual(["refuse"]);
    expect(unchecked(inBrazil("pensions"), "BR-NMP")).toEqual([]);
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
      expect(readMessageKey(registries({ edition: null }))).toBe(
        "refusal.registry-unchecked.never",
      );
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
});

import { describe, expect, it } from "vitest";
import type { PublishedDisclosure } from "../disclosure/index.ts";
import { DisclosureId, SellerId } from "../../platform/ids.ts";
import type { CaptureFormSettings } from "./capture-form.ts";
import { findCheckFaults, findDeliveryFaults, findFormFaults } from "./publication-faults.ts";
import { aForm, aFormContext } from "../../../testing/rendered-form.ts";
import { checkForm } from "../form-check/index.ts";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";

describe("findFormFaults", () => {
  const toDisclosureId = (n: number) =>
    DisclosureId.parse(`01890000-0000-7000-8000-00000000000${n}`);

  const [acme, bank] = [
    SellerId.parse("01890000-0000-7000-8000-0000000000aa"),
    SellerId.parse("01890000-0000-7000-8000-0000000000bb"),
  ];

  const aDisclosure = (
    n: number,
    asks: "advertising" | "personal_data",
    { language = "ru", seller = acme } = {},
  ): PublishedDisclosure => ({
    id: toDisclosureId(n),
    version: 1,
    language,
    text: "…",
    terms: {
      title: "…",
      asks,
      seller,
      purposes: asks === "advertising" ? ["marketing"] : [],
      channels: asks === "advertising" ? ["voice_live"] : [],
      states: [],
      retention: "…",
      withdrawal: "…",
    },
  });

  const settings: CaptureFormSettings = {
    disclosures: [],
    origins: [],
    jurisdictions: ["RU"],
    name: "optional",
    email: "none",
    confirmation: null,
  };

  const listFaultKeys = (
    disclosures: readonly (PublishedDisclosure | null)[],
    more: Partial<CaptureFormSettings> = {},
  ) => findFormFaults({ ...settings, ...more }, disclosures).map(({ key }) => key);

  const both = [aDisclosure(1, "advertising"), aDisclosure(2, "personal_data")];

  it("lets a Russian form ask for two consents with two documents", () => {
    expect(listFaultKeys(both)).toEqual([]);
  });

  it("requires the document about personal data in Russia, and nowhere else", () => {
    const [advertising] = both;
    expect(listFaultKeys([advertising ?? null])).toEqual(["form.two-documents"]);
    expect(listFaultKeys([advertising ?? null], { jurisdictions: ["US", "RU"] })).toHaveLength(1);
    expect(listFaultKeys([advertising ?? null], { jurisdictions: ["US"] })).toEqual([]);
  });

  it("asks readers of every language the same", () => {
    const english = aDisclosure(3, "advertising", { language: "en" });
    expect(listFaultKeys([...both, english])).toEqual(["form.two-documents"]);
  });

  it.each([
    ["nothing", [], {}, ["form.no-disclosure"]],
    ["what nobody published", [...both, null], {}, ["form.disclosure-unpublished"]],
    ["data alone", [aDisclosure(2, "personal_data")], {}, ["form.no-advertising"]],
    [
      "for two sellers",
      [...both, aDisclosure(3, "advertising", { seller: bank })],
      {},
      ["form.several-sellers"],
    ],
    ["data twice", [...both, aDisclosure(3, "personal_data")], {}, ["form.data-asked-twice"]],
    [
      "with two versions of one text",
      [...both, { ...aDisclosure(1, "advertising"), version: 2 }],
      {},
      ["form.disclosure-repeated"],
    ],
    ["nobody in particular", both, { jurisdictions: [] }, ["form.no-jurisdiction"]],
    [
      "a mailbox that it never learns",
      both,
      { confirmation: { means: "email", isAsked: true } as const },
      ["form.email-needed"],
    ],
  ])("rejects a form that asks %s", (_, disclosures, more, expected) => {
    expect(listFaultKeys(disclosures, more)).toEqual(expected);
  });

  const undeliverable = (means: "sms" | "email" | null, delivery = { sms: false, email: false }) =>
    findDeliveryFaults({ confirmation: means && { means, isAsked: true } }, delivery).map(
      ({ key }) => key,
    );

  it("confirms by no means that this installation does not have", () => {
    expect(undeliverable("sms")).toEqual(["form.sms-unset"]);
    expect(undeliverable("email", { sms: true, email: false })).toEqual(["form.mail-unset"]);
    expect(undeliverable("sms", { sms: true, email: false })).toEqual([]);
    expect(undeliverable(null)).toEqual([]);
  });
});

describe("findCheckFaults", () => {
  const settings: CaptureFormSettings = {
    disclosures: [],
    origins: ["https://shop.example"],
    jurisdictions: ["GB"],
    name: "none",
    email: "none",
    confirmation: null,
  };

  const context = aFormContext({ jurisdictions: ["GB"] });

  const results = checkForm(aForm(), context, bundledRuleBook);

  const [first] = results;

  if (first === undefined) throw new Error("there are no checks");

  const failed = { result: "fail", evidence: [], faults: [{ message: { key: "x" } }] } as const;

  const open = { result: "cannot-tell", evidence: [], question: { key: "x" } } as const;

  const withFirst = (finding: object, severities = { GB: "block" }) =>
    [{ ...first, finding, severities }] as unknown as typeof results;

  const answer = { check: first.check, holds: true, note: "I looked." };

  it("accepts a form that passed its checks, or that has no page to check", () => {
    expect(
      findCheckFaults("checkout", settings, withFirst({ result: "pass", evidence: [] }), []),
    ).toEqual([]);
    expect(findCheckFaults("paper", settings, null, [])).toEqual([]);
    expect(findCheckFaults("checkout", { ...settings, origins: [] }, null, [])).toEqual([]);
  });

  it.each([
    ["was not checked", null, [], ["form.unchecked"]],
    ["failed", withFirst(failed), [], ["form.check-failed"]],
    ["failed, whatever an officer says", withFirst(failed), [answer], ["form.check-failed"]],
    ["waits for an answer", withFirst(open), [], ["form.question-open"]],
    ["has a bad answer", withFirst(open), [{ ...answer, holds: false }], ["form.check-failed"]],
    ["has a good answer", withFirst(open), [answer], []],
    ["failed where it only warns", withFirst(failed, { GB: "warn" }), [], []],
    ["failed elsewhere", withFirst(failed, { FR: "block" } as never), [], []],
  ])("judges a form that %s", (_, results, answers, expected) => {
    const faults = findCheckFaults("checkout", settings, results, answers);
    expect(faults.map(({ key }) => key)).toEqual(expected);
  });
});

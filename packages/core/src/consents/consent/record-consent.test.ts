import { describe, expect, it } from "vitest";
import { ConsentSource } from "./consent.ts";
import { listElements, isWritten } from "./elements.ts";
import { Evidence, TextElement, findLeadOrigin } from "./evidence.ts";
import { RecordConsent, findTimeFault, listOddConsentFields } from "./record-consent.ts";

const sent = {
  phone: "+79161234567",
  seller: "acme",
  purposes: ["marketing"],
  channels: ["voice_live"],
  source: "website_form",
  disclosure: { text: "I agree to calls of Acme about its offers.", language: "en" },
  obtainedAt: "2026-03-02T16:00:00Z",
  evidence: { ip: "203.0.113.7" },
};
const read = (more: object = {}) => RecordConsent.parse({ ...sent, ...more });
const added = (more: object) => {
  const before = new Set(listElements(read()));
  return listElements(read(more)).filter((element) => !before.has(element));
};

describe("RecordConsent", () => {
  it("accepts what people send, and keeps unknown evidence", () => {
    const { obtainedAt, evidence } = read({ evidence: { ip: "203.0.113.7", form: { id: 7 } } });
    expect(obtainedAt).toEqual(new Date("2026-03-02T16:00:00Z"));
    expect(evidence).toEqual({ ip: "203.0.113.7", form: { id: 7 } });
  });

  it.each<[string, unknown]>([
    ["purposes", []],
    ["purposes", ["Marketing"]],
    ["channels", []],
    ["channels", ["pigeon"]],
    ["source", "hearsay"],
    ["disclosure", { text: "", language: "en" }],
    ["disclosure", { id: "1", version: 1 }],
    ["obtainedAt", "2026-03-02"],
    ["contact", { externalId: "7".repeat(129) }],
    ["evidence", { states: ["signature"] }],
    ["evidence", { more: "x".repeat(20_000) }],
    ["evidence", { trustedForm: `https://cert.trustedform.example/${"a".repeat(40)}` }],
    ["evidence", { trustedForm: "https://cert.trustedform.com/12ab" }],
    ["evidence", { leadId: "0195a000-0000" }],
  ])("rejects a %s of %j", (field, bad) => {
    const { error } = RecordConsent.safeParse({ ...sent, [field]: bad });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

describe("listOddConsentFields", () => {
  const odd = {
    ...sent,
    contact: { name: " ", email: "ada at home", zone: "Europe/Moscow" },
    evidence: {
      ip: "203.0.113.7, 198.51.100.2",
      url: "acme.example/form",
      userAgent: "x".repeat(1_025),
      act: "",
    },
  };

  it("keeps every extra field as it was sent, as far as possible", () => {
    const { contact, evidence } = read(odd);
    expect(contact).toEqual({});
    expect(evidence).toEqual({ ...odd.evidence, userAgent: "x".repeat(1_024), act: undefined });
    expect(read({ contact: null, evidence: { ip: null } })).toMatchObject({ evidence: {} });
  });

  it("reports extra fields that are not as expected", () => {
    expect(listOddConsentFields(sent)).toEqual([]);
    expect(listOddConsentFields({ ...sent, contact: null })).toEqual([]);
    const padded = { externalId: ` ${"7".repeat(128)} `, name: ` ${"x".repeat(200)} ` };
    expect(read({ contact: padded }).contact).toEqual({
      externalId: padded.externalId.trim(),
      name: padded.name.trim(),
    });
    expect(listOddConsentFields({ ...sent, contact: padded })).toEqual([]);
    expect(listOddConsentFields(odd).toSorted()).toEqual([
      "contact.email",
      "contact.zone",
      "evidence.ip",
      "evidence.url",
      "evidence.userAgent",
    ]);
  });
});

it("accepts what a lead seller hands over", () => {
  const evidence = {
    leadSeller: "Leads Example",
    trustedForm: "https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947",
    leadId: "0195A000-0000-7000-8000-000000000001",
    retained: "claim 5cdc3b60",
  };
  expect(findLeadOrigin(read({ evidence }).evidence)).toEqual(evidence);
  expect(findLeadOrigin({ act: "ticked" })).toBeNull();
});

describe("listElements", () => {
  it("contains the text unless it is lost", () => {
    expect(listElements(read())).toContain("text_version");
    expect(listElements({ ...read(), disclosure: undefined })).not.toContain("text_version");
  });

  it("contains what every consent states", () => {
    expect(listElements(read())).toEqual(
      expect.arrayContaining(["channel_voice", "phone_number", "seller_identity", "timestamp"]),
    );
  });

  it.each<[object, string[]]>([
    [{ evidence: { act: "signed" } }, ["signature"]],
    [{ evidence: { signature: "scan 5" } }, ["signature"]],
    [{ contact: {} }, []],
    [{ evidence: { states: ["right_to_withdraw"] } }, ["right_to_withdraw"]],
    [{ contact: { name: "Ada" } }, ["subject_identity"]],
    [{ validUntil: "2027-03-02T16:00:00Z" }, ["period"]],
    [{ channels: ["voice_autodialed"] }, ["autodialer_or_prerecorded_disclosure"]],
    [
      { channels: ["voice_ai"] },
      ["autodialer_or_prerecorded_disclosure", "prerecorded_purpose_disclosure"],
    ],
  ])("derives elements from %j", (more, elements) => {
    expect(added(more)).toEqual(elements);
  });

  it("contains the person's act, for older records only if they say how", () => {
    const holding = ConsentSource.options.filter((source) =>
      listElements(read({ source })).includes("affirmative_action"),
    );
    expect(holding).toEqual(ConsentSource.options.filter((source) => source !== "import"));
    for (const evidence of [{ act: "ticked" }, { act: "signed" }, { signature: "scan 5" }]) {
      expect(listElements(read({ source: "import", evidence }))).toContain("affirmative_action");
    }
    const { source: _, ...unseen } = read();
    expect(listElements(unseen)).not.toContain("affirmative_action");
  });

  it("contains what a published text states", () => {
    const states = ["data_types", "right_to_withdraw"] as const;
    expect(listElements({ ...read(), states })).toEqual(expect.arrayContaining([...states]));
  });

  it("contains nothing about calls in a consent to messages", () => {
    expect(listElements(read({ channels: ["sms", "email"] }))).not.toContain("channel_voice");
  });
});

it.each([
  ["website_form", {}, true],
  ["paper", {}, true],
  ["phone", { recording: "call 7" }, false],
  ["import", {}, false],
  ["import", { signature: "scan 5" }, true],
] as const)("a consent by %s with %j is in writing: %s", (source, evidence, expected) => {
  expect(isWritten(source, Evidence.parse(evidence))).toBe(expected);
});

it.each(["affirmative_action", "signature", "enquiry"])(
  "takes nobody's word that a text contains %s, which only the person can do",
  (element) => {
    expect(TextElement.safeParse(element).success).toBe(false);
    expect(Evidence.safeParse({ states: [element] }).success).toBe(false);
    expect(Evidence.safeParse({ states: ["right_to_withdraw"] }).success).toBe(true);
  },
);

describe("findTimeFault", () => {
  const now = new Date("2026-03-02T16:00:00Z");

  it("finds no fault in a sound consent", () => {
    expect(findTimeFault(read(), now)).toBeNull();
  });

  it.each([
    ["error.consent-from-the-future", { obtainedAt: "2026-03-02T16:00:01Z" }],
    ["error.consent-ends-before-it-begins", { validUntil: "2026-03-02T16:00:00Z" }],
  ])("finds %s", (key, spoilt) => {
    expect(findTimeFault(read(spoilt), now)?.message.key).toBe(key);
  });
});

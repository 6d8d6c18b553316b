import { expect, it } from "vitest";
import type { PublishedDisclosure } from "../disclosure/index.ts";
import { DisclosureId, SellerId } from "../../platform/ids.ts";
import { Submission, type SubmissionExpectations, findSubmissionFaults } from "./submission.ts";

const seller = SellerId.parse("01890000-0000-7000-8000-0000000000aa");
const toDisclosureId = (n: number) => DisclosureId.parse(`01890000-0000-7000-8000-00000000000${n}`);
const aDisclosure = (n: number, language: string): PublishedDisclosure => ({
  id: toDisclosureId(n),
  version: 2,
  language,
  text: "Acme may call me\nabout its offers.",
  terms: {
    title: "…",
    asks: "advertising",
    seller,
    purposes: ["marketing"],
    channels: ["voice_live"],
    states: [],
    retention: "…",
    withdrawal: "…",
  },
});

const issuedAt = new Date("2026-03-01T09:00:00Z");
const world: SubmissionExpectations = {
  settings: {
    disclosures: [],
    origins: [],
    jurisdictions: ["US"],
    name: "none",
    email: "none",
    confirmation: null,
  },
  disclosures: [aDisclosure(1, "en"), aDisclosure(2, "en"), aDisclosure(3, "ru")],
  origin: "https://acme.example",
  issuedAt,
  now: new Date("2026-03-01T09:01:00Z"),
};

const ask = { version: 2, text: "Acme may call me about its offers.", wasChecked: false };
const asked = [
  { ...ask, id: toDisclosureId(1), isChecked: true },
  { ...ask, id: toDisclosureId(2), isChecked: false },
];
const sent = {
  token: "t",
  issuedAt: issuedAt.toISOString(),
  elapsedMs: 60_000,
  phone: "+12015550100",
  asked,
  page: {
    url: "https://acme.example/",
    title: "",
    language: "en",
    text: "",
    controls: [],
    width: 320,
    height: 640,
  },
};

const listFaults = (more: object, at: Partial<SubmissionExpectations> = {}) =>
  findSubmissionFaults(Submission.parse({ ...sent, ...more }), { ...world, ...at }).map(
    ({ path, message }) => `${path} ${message.key}`,
  );

it("accepts the published texts in one of the form's languages", () => {
  expect(listFaults({})).toEqual([]);
  expect(listFaults({ asked: [{ ...ask, id: toDisclosureId(3), isChecked: true }] })).toEqual([]);
});

it.each<[string, object, string[]]>([
  [
    "another word",
    { asked: [{ ...asked[0], text: "Acme must call me." }, asked[1]] },
    ["/asked/0 submission.words-changed"],
  ],
  [
    "another version",
    { asked: [{ ...asked[0], version: 1 }, asked[1]] },
    ["/asked/0 submission.words-changed"],
  ],
  ["a text left out", { asked: [asked[0]] }, ["/asked submission.words-missing"]],
  [
    "a text of another form",
    { asked: [...asked, { ...ask, id: toDisclosureId(9), isChecked: true }] },
    ["/asked/2 submission.words-changed"],
  ],
  [
    "no box ticked",
    { asked: asked.map((one) => ({ ...one, isChecked: false })) },
    ["/asked submission.nothing-agreed"],
  ],
  [
    "another time of the token",
    { issuedAt: "2026-02-01T09:00:00Z" },
    ["/issuedAt submission.time-forged"],
  ],
  [
    "a form that was open before it was given",
    { elapsedMs: 3_600_000 },
    ["/elapsedMs submission.time-forged"],
  ],
])("rejects %s", (_, more, expected) => {
  expect(listFaults(more)).toEqual(expected);
});

it("requires the name and the address that the form needs", () => {
  const settings = { ...world.settings, name: "signature", email: "required" } as const;
  expect(listFaults({ name: " " }, { settings })).toEqual([
    "/name fault.missing",
    "/email fault.missing",
  ]);
  expect(listFaults({ name: "Ada", email: "ada@example.org" }, { settings })).toEqual([]);
});

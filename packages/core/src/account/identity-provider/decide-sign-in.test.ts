import { expect, it } from "vitest";
import { MemberId, SellerId } from "../../platform/ids.ts";
import {
  type ProviderSignInFacts,
  decideProviderSignIn,
  findFreshUntil,
  findPosition,
} from "./decide-sign-in.ts";
import { GroupPosition, Issuer, SaveIdentityProvider, parseGroups } from "./identity-provider.ts";

const [ada, bob] = [
  MemberId.parse("0190a000-0000-7000-8000-00000000000a"),
  MemberId.parse("0190a000-0000-7000-8000-00000000000b"),
];
const seller = SellerId.parse("0190a000-0000-7000-8000-00000000000c");

const positions = [
  { group: "compliance", role: "officer", sellerIds: [] },
  { group: "north", role: "agent", sellerIds: [seller] },
  { group: "staff", role: "agent", sellerIds: [] },
  { group: "admins", role: "owner", sellerIds: [] },
] as const satisfies GroupPosition[];
const [officer, north, staff, owner] = positions;

/** Somebody of the staff, whom nobody knows yet. */
const facts: ProviderSignInFacts = {
  groups: ["staff"],
  positions,
  email: "ada@example.com",
  isEmailVerified: true,
  linked: null,
  sameEmail: null,
  emergencyOwnerId: null,
  onlyOwnerId: null,
};
const decide = (more: Partial<ProviderSignInFacts>) => decideProviderSignIn({ ...facts, ...more });

it("makes a member of somebody whom nobody knows yet", () => {
  expect(decide({})).toEqual({ is: "join", email: "ada@example.com", position: staff });
});

it("lets a linked member in, whatever their e-mail is by now", () => {
  const linked = { memberId: ada, isRemoved: false };
  const entered = { is: "enter", memberId: ada, position: staff };
  expect(decide({ linked })).toEqual(entered);
  expect(decide({ linked, email: null })).toEqual(entered);
  const sameEmail = { memberId: bob, isLinkedElsewhere: true };
  expect(decide({ linked, sameEmail, isEmailVerified: false })).toEqual(entered);
});

it("links the member who has the verified e-mail", () => {
  const sameEmail = { memberId: ada, isLinkedElsewhere: false };
  const linked = { is: "link", memberId: ada, position: staff };
  expect(decide({ sameEmail })).toEqual(linked);
  expect(decide({ sameEmail, linked: { memberId: bob, isRemoved: true } })).toEqual(linked);
});

it.each<[string, Partial<ProviderSignInFacts>]>([
  ["groups-unknown", { groups: null }],
  ["groups-unknown", { groups: null, linked: { memberId: ada, isRemoved: false } }],
  ["no-group", { groups: [] }],
  ["no-group", { groups: ["Staff", "visitors"] }],
  ["no-group", { groups: ["visitors"], linked: { memberId: ada, isRemoved: false } }],
  ["no-email", { email: null }],
  [
    "email-unverified",
    { isEmailVerified: false, sameEmail: { memberId: ada, isLinkedElsewhere: false } },
  ],
  ["linked-elsewhere", { sameEmail: { memberId: ada, isLinkedElsewhere: true } }],
  ["removed", { linked: { memberId: ada, isRemoved: true } }],
  ["emergency-owner", { linked: { memberId: ada, isRemoved: false }, emergencyOwnerId: ada }],
  [
    "emergency-owner",
    { sameEmail: { memberId: ada, isLinkedElsewhere: false }, emergencyOwnerId: ada },
  ],
  ["only-owner", { linked: { memberId: ada, isRemoved: false }, onlyOwnerId: ada }],
])("refuses with %s: %j", (reason, more) => {
  expect(decide(more)).toEqual({ is: "refuse", reason });
});

it("lets the only owner in whose groups make an owner, and another member beside them", () => {
  const linked = { memberId: ada, isRemoved: false };
  expect(decide({ linked, onlyOwnerId: ada, groups: ["admins"] })).toEqual({
    is: "enter",
    memberId: ada,
    position: owner,
  });
  expect(decide({ linked, onlyOwnerId: bob, emergencyOwnerId: bob })).toMatchObject({
    is: "enter",
  });
});

it("takes the first position of which somebody has the group, in the organization's order", () => {
  expect(findPosition(["staff", "north", "compliance"], positions)).toBe(officer);
  expect(findPosition(["staff", "north"], positions)).toBe(north);
  expect(findPosition(["admins"], positions)).toBe(owner);
  expect(findPosition([], positions)).toBeNull();
});

it("keeps groups for five minutes, and not beyond twenty while the provider does not answer", () => {
  const readAt = new Date("2026-12-01T09:00:00Z");
  const after = (minutes: number) => new Date(readAt.getTime() + minutes * 60_000);
  expect(findFreshUntil(readAt)).toEqual(after(5));
  expect(findFreshUntil(readAt, after(5))).toEqual(after(6));
  expect(findFreshUntil(readAt, after(19.5))).toEqual(after(20));
  expect(findFreshUntil(readAt, after(180))).toEqual(after(20));
});

it.each([
  [
    ["a", "b"],
    ["a", "b"],
  ],
  ["a", ["a"]],
  [[], []],
  [undefined, null],
  [null, null],
  [["a", 1], null],
  [{ a: true }, null],
])("reads the claim %j as groups", (claim, groups) => {
  expect(parseGroups(claim)).toEqual(groups);
});

it.each([
  ["https://id.example.com", true],
  ["https://id.example.com/realms/acme", true],
  ["http://127.0.0.1:9000", true],
  ["https://id.example.com/?a=1", false],
  ["https://id.example.com/#a", false],
  ["https://ada:secret@id.example.com/", false],
  ["ftp://id.example.com", false],
  ["id.example.com", false],
])("takes %s for an issuer: %s", (text, isIssuer) => {
  expect(Issuer.safeParse(text).success).toBe(isIssuer);
});

const settings = {
  name: "Example ID",
  issuer: "https://id.example.com",
  clientId: "ringfence",
  clientSecret: "a field of poppies",
  scopes: "openid profile email",
  groupsClaim: "groups",
  groups: positions,
  isRequired: true,
  emergencyOwnerId: ada,
};

it("accepts complete settings, and those that keep the client secret", () => {
  expect(SaveIdentityProvider.safeParse(settings).success).toBe(true);
  const { clientSecret: _, ...kept } = settings;
  expect(SaveIdentityProvider.safeParse(kept).success).toBe(true);
});

it.each<[string, object]>([
  ["a required provider without an owner for emergencies", { emergencyOwnerId: null }],
  ["a group that stands twice", { groups: [staff, { ...officer, group: "staff" }] }],
  ["scopes without openid", { scopes: "profile email" }],
  ["scopes with a quotation mark", { scopes: 'openid "email"' }],
  ["an empty client secret", { clientSecret: "" }],
])("rejects %s", (_, more) => {
  expect(SaveIdentityProvider.safeParse({ ...settings, ...more }).success).toBe(false);
});

it("drops the sellers of a role that cannot be limited to them", () => {
  expect(
    GroupPosition.parse({ group: "g", role: "officer", sellerIds: [seller] }).sellerIds,
  ).toEqual([]);
  expect(GroupPosition.parse({ group: "g", role: "agent", sellerIds: [seller] }).sellerIds).toEqual(
    [seller],
  );
});

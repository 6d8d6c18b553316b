import { expect, it } from "vitest";
import { daysAfter as day } from "../../../testing/facts.ts";
import { type MemberEvent, findReviewConflict } from "./reviewer-independence.ts";

const did = (
  byId: string | null,
  kind: MemberEvent["kind"],
  memberId: string,
  at: Date,
  isShown = false,
): MemberEvent => ({ byId, kind, memberId, at, isShown });

const emails = { ada: "ada@example.com", ada2: "ada@example.com" };

const conflict = (
  events: readonly MemberEvent[],
  { by = "cy", of = ["ada"], at = day(0) }: { by?: string; of?: string[]; at?: Date } = {},
) =>
  findReviewConflict(
    { members: Object.entries(emails).map(([id, email]) => ({ id, email })), events, at },
    { proposerIds: of, reviewerId: by },
  );

it("lets two independent people review each other", () => {
  expect(conflict([])).toBeNull();
  expect(conflict([did("bo", "added", "cy", day(-1), true)])).toBeNull();
  expect(conflict([did(null, "added", "cy", day(-1))])).toBeNull();
});

it("lets nobody review their own proposal, not even through an account with the same e-mail", () => {
  expect(conflict([], { by: "ada" })).toEqual({ is: "own" });
  expect(conflict([], { by: "ada2" })).toEqual({ is: "own" });
  expect(conflict([did("ada2", "added", "cy", day(-1))])).toMatchObject({ is: "linked" });
});

it.each(["added", "reset", "role"] as const)(
  "lets nobody review a proposer whose last change to them (%s) is less than seven days old",
  (kind) => {
    expect(conflict([did("ada", kind, "cy", day(-6))])).toEqual({ is: "linked", until: day(1) });
    expect(conflict([did("ada", kind, "cy", day(-7))])).toBeNull();
  },
);

it("counts a link that was shown to the proposer until the address is confirmed", () => {
  const shown = did("ada", "added", "cy", day(-400), true);
  expect(conflict([shown])).toEqual({ is: "linked", until: null });
  expect(conflict([shown, did("cy", "role", "cy", day(-3))])).toEqual({
    is: "linked",
    until: null,
  });
  expect(conflict([shown, did(null, "confirmed", "cy", day(-1))])).toBeNull();
});

it("counts seven days from a reset even if the address was confirmed since", () => {
  const events = [did("ada", "reset", "cy", day(-2), true), did(null, "confirmed", "cy", day(-1))];
  expect(conflict(events)).toEqual({ is: "linked", until: day(5) });
});

it("stops counting a shown link once somebody else has given a new one", () => {
  const events = [
    did("ada", "added", "cy", day(-30), true),
    did("bo", "reset", "cy", day(-20), true),
  ];
  expect(conflict(events)).toBeNull();
  expect(conflict(events, { of: ["bo"] })).toEqual({ is: "linked", until: null });
});

it("stops counting a shown link once somebody else has added the account again", () => {
  const events = [
    did("di", "added", "ada2", day(-30), true),
    did("bo", "added", "ada", day(-20), true),
  ];
  expect(conflict(events, { by: "di" })).toBeNull();
  expect(conflict(events, { by: "bo" })).toMatchObject({ is: "linked" });
});

it("follows links through other members", () => {
  const events = [did("ada", "added", "bo", day(-6)), did("bo", "role", "cy", day(-2))];
  expect(conflict(events)).toEqual({ is: "linked", until: day(1) });
  const through = [did("ada", "role", "bo", day(-1)), did("bo", "added", "cy", day(-1), true)];
  expect(conflict(through)).toEqual({ is: "linked", until: day(6) });
});

it("lets nobody accept a proposal from an account that they could act as", () => {
  expect(conflict([did("cy", "added", "ada", day(-1))])).toMatchObject({ is: "linked" });
  expect(conflict([did("cy", "reset", "ada", day(-50), true)])).toEqual({
    is: "linked",
    until: null,
  });
  expect(conflict([did("cy", "role", "ada", day(-1))])).toBeNull(); // a role gives no access to the account
});

it("finds a conflict if one third member gave the proposer access and added or promoted the reviewer", () => {
  const events = [did("bo", "added", "ada", day(-3)), did("bo", "added", "cy", day(-2))];
  expect(conflict(events)).toEqual({ is: "linked", until: day(4) });
  const appointed = [did("bo", "reset", "ada", day(-3)), did("bo", "role", "cy", day(-2))];
  expect(conflict(appointed)).toEqual({ is: "linked", until: day(4) });
  const promoted = [did("bo", "role", "ada", day(-3)), did("bo", "role", "cy", day(-2))];
  expect(conflict(promoted)).toBeNull();
});

it("checks every proposer", () => {
  const events = [did("di", "added", "cy", day(-1))];
  expect(conflict(events, { of: ["ada", "di"] })).toMatchObject({ is: "linked" });
  expect(conflict(events, { of: ["ada", "cy"] })).toEqual({ is: "own" });
});

it("ends when links form a circle", () => {
  const events = [
    did("ada", "reset", "bo", day(-1)),
    did("bo", "reset", "ada", day(-1)),
    did("bo", "role", "bo", day(-1)),
  ];
  expect(conflict(events)).toBeNull();
  expect(conflict(events, { by: "bo" })).toMatchObject({ is: "linked" });
});
